"""Made-up cases lived from the start, day by day with a sweep each morning, and what a file tells of them."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from reviewflow.calendar import Calendars
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import LookAgain
from reviewflow.case.model.state import Case, CaseStatus, Item, Outlook, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.linked_cases import start_of
from reviewflow.london import LONDON
from tests.definitions.explorer import Explorer, Run

TOLD: dict[str, Any] = {
    "rungs": 0,
    "sent": 0,
    "chased": (),
    "told_late": None,
    "told_after_noon": False,
    "asked": None,
    "outlook": Outlook.WELL,
    "foreseen": "",
    "foreseen_since": None,
}
"""What of an item says only what people were told, and what was foreseen on the days of sweeps."""
SEND_AT = time(9, 30)


class LivedCase(Run):
    """One case, of which what people did is kept."""

    def __init__(self, plan: Plan, calendars: Calendars, agencies: tuple[str, ...], opened: date, seed: int) -> None:
        self.told: list[dict[str, Any]] = []
        super().__init__(Explorer(plan, calendars, agencies, opened, Counter()), random.Random(seed))
        self.opened, self.pace = opened, 0.5
        """How likely it is that something is done at once, and not after a night."""

    def until(self, today: date) -> Case:
        """Live until the end of the day before `today`."""
        while self.case.status is CaseStatus.OPEN and self.now.date() < today:
            if not (self.chance.random() < self.pace and self._move()):
                self.now += timedelta(days=1)
                self._morning()
        return self.case

    def _morning(self) -> None:
        noon, self.now = self.now, datetime.combine(self.now.date(), time(), LONDON).astimezone(UTC)
        for moment in (self.now, datetime.combine(noon.date(), SEND_AT, LONDON).astimezone(UTC)):
            self.now = moment
            self._sweep()
        self.now = noon

    def _sweep(self) -> None:
        places = (LookAgain.HOLD.of(name) for name in self.case.holds)
        endings = (LookAgain.ENDING.of(name) for name in self.plan.endings_by_time)
        for item in [*self.case.items, *places, *endings]:
            when = next_chase(self.plan, self.case, item, self.calendars, SEND_AT)
            if when is not None and when <= self.now:
                super()._do(c.Chase(item, SEND_AT))

    def _do(self, command: c.Command) -> bool:
        done = super()._do(command)
        if done and (line := _line(command)) is not None:
            self.told.append({"on": self.today.isoformat(), "at": "13:00", **line})
        return done

    def _to_be_opened(self) -> list[dict[str, Any]]:
        """What starts another case that nobody has opened yet."""
        ended = [self.case.ending] if self.case.ending else []
        waiting = [item for item, state in self.case.items.items() if state.status is Status.OPEN]
        starts = [item for item in (*ended, *waiting) if start_of(self.plan, item) and item not in self.case.links]
        return [{"on": self.today.isoformat(), "started": item, "reason": "new"} for item in starts]

    def as_told(self, was: str) -> dict[str, Any]:
        """The case as a file has it."""
        opening = self.plan.definition.process.opening
        return {
            "was": was,
            "process": self.plan.definition.process.process,
            "opened": self.opened.isoformat(),
            "dates": dict.fromkeys(opening.dates, self.opened.isoformat()),
            **({"agencies": list(self.case.agencies)} if opening.agencies else {}),
            "happened": [*self.told, *self._to_be_opened()],
        }


def _line(command: c.Command) -> dict[str, Any] | None:
    match command:
        case c.Complete(item, answers):
            return {"step": item, "answers": {name: plain(answer) for name, answer in answers.items()}}
        case c.RecordStarted(item, reference):
            return {"started": item, "reason": reference}
        case c.Skip(item, reason):
            return {"skip": item, "reason": reason}
        case c.OpenStep(item, reason):
            return {"open": item, "reason": reason}
        case c.Release(hold, reason, by):
            return {"release": hold, "reason": reason, **({"by": by} if by else {})}
        case c.End(ending, reason):
            return {"end": ending, "reason": reason}
        case _:
            return None


def plain(answer: Any) -> Any:
    """An answer as YAML has it."""
    return list(answer) if isinstance(answer, tuple) else answer


def write(path: Path, cases: list[dict[str, Any]]) -> Path:
    """A file of cases."""
    dumper = yaml.SafeDumper
    dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    path.write_text(yaml.dump({"cases": cases}, Dumper=dumper, sort_keys=False), encoding="utf-8")
    return path


def but_for_what_was_told(case: Case) -> Case:
    """The case without what says only who was told what, and by which name it is known."""
    items = {name: _untold(item) for name, item in case.items.items()}
    holds = {name: replace(placed, remind=None) for name, placed in case.holds.items()}
    return replace(case, reference="", items=items, holds=holds, brought_in=None, was="")


def _untold(item: Item) -> Item:
    return replace(item, **TOLD)
