"""The words for the clocks of all open cases, as a sweep foresaw them: a long list asks for no forecast that they give.

A word holds as long as a forecast would say it again: on its day, while nothing has happened in its case, and while
the calendars, the people of the office and what past cases tell are the same. Afterwards it is what was foreseen on
that day, as long as nothing has happened in its case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from reviewflow.case.model.state import Item
from reviewflow.case.rules.forecast import Verdict
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.folder.kinds import CALENDARS
from reviewflow.london import LONDON, london_day, stamp
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.past_cases import LENGTHS, PUNCTUALITY
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

CLOCK_WORDS = "words of clocks"
"""Under what name they are kept."""
Words = Mapping[str, Verdict]
"""By limit that runs, and that a step will meet."""


@dataclass(frozen=True)
class ClockWords:
    """Of a day, by reference: how many events a case had, and its words."""

    basis: str
    """What they hang on beside the cases, as `basis_of` says it."""
    day: date
    """On which they were foreseen."""
    cases: Mapping[str, tuple[int, Words]] = field(default_factory=dict)

    def of(self, row: CaseRow) -> Words | None:
        """Those of a case; None where something has happened in it since, or nothing is known."""
        number, words = self.cases.get(row.reference, (0, None))
        return words if number == row.number else None

    def keep(self, workspace: Workspace, now: datetime) -> None:
        """In place of those before."""
        text = json.dumps({"basis": self.basis, "day": f"{self.day}", "cases": self.cases}, separators=(",", ":"))
        workspace.store.keep_office_file(CLOCK_WORDS, text, stamp(now))


def kept_words(workspace: Workspace, now: datetime) -> ClockWords:
    """Those that hold at a moment; none where the last are of another day or hang on something else."""
    last, basis = _last_words(workspace, now), basis_of(workspace, now)
    return last if last.basis == basis else ClockWords(basis, london_day(now))


def words_of_last_sweep(workspace: Workspace, now: datetime) -> ClockWords:
    """Those that hold at a moment, or else those of an earlier day; none where today's hold no more."""
    last, today = _last_words(workspace, now), london_day(now)
    return last if last.day < today or last.basis == basis_of(workspace, now) else ClockWords("", today)


def _last_words(workspace: Workspace, now: datetime) -> ClockWords:
    """Those that were kept last, of whatever day; none where they cannot be read, or are of a day yet to come."""
    kept, today = workspace.store.office_file(CLOCK_WORDS), london_day(now)
    with suppress(ValueError, LookupError, AttributeError, TypeError):
        read = json.loads(kept[0]) if kept is not None else {}
        day = date.fromisoformat(read["day"])
        cases = {
            str(reference): (int(number), {str(limit): Verdict(word) for limit, word in words.items()})
            for reference, (number, words) in read["cases"].items()
        }
        if day <= today:
            return ClockWords(str(read["basis"]), day, cases)
    return ClockWords("", today)


@cache
def _version() -> str:
    return version("reviewflow")


def basis_of(workspace: Workspace, now: datetime) -> str:
    """What a forecast hangs on beside its case, in a few digits: the day, the calendars, the people, past cases."""
    calendars, done = workspace.folder / CALENDARS, workspace.store.last_done()
    past = [done[name].body for name in (LENGTHS, PUNCTUALITY) if name in done]
    parts = [london_day(now).isoformat(), _version(), workspace.partnership.model_dump_json(), *past]
    file = calendars.read_bytes() if calendars.is_file() else b""
    return sha256(b"\0".join([*(str(part).encode() for part in parts), file])).hexdigest()[:16]


def word_of(context: CaseContext, limit: str, state: Item, words: Words) -> Verdict | None:
    """The word for a limit that runs, as it is kept or because its day has passed; None where no step will meet it."""
    word = words.get(limit)
    if word is not None and state.due is not None and is_over(state.due, state.by, context.today, _clock(context)):
        return Verdict.MISSED
    return word


def _clock(context: CaseContext) -> time:
    return context.now.astimezone(LONDON).time()
