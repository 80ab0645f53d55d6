"""A year of a case of a damaged process that check passes: what offices do, by chance, and what follows by itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from reviewflow.calendar import OFFICE, CalendarHorizonError, Calendars
from reviewflow.case.advance import begin, work_out
from reviewflow.case.apply import apply, fold
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import dump, load
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import forecasts
from reviewflow.case.rules.owed import possible_items
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.language.model import Partnership
from reviewflow.london import london_day
from reviewflow.service.commands.commit import build_change
from reviewflow.service.rehearsal.answers import Occasion, good_answers, purposes_of
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import CaseRow

TURNS, PAUSE = 40, 9
"""How often the office is at work, and how many days may lie between: about a year."""
BY, WHY = "the office", "it is tried out"
REFERENCE = "F-2026-001"


@dataclass
class Year:
    """One case, in which everything that happens is stored, told and read back as a real one is."""

    plan: Plan
    partnership: Partnership
    calendars: Calendars
    scenario: Scenario
    chance: random.Random
    now: datetime
    taken: int = field(default=0, init=False)

    def play(self) -> int:
        """From the opening; how many commands were taken. Raises Refused when it cannot open; all else is a bug."""
        opening = c.Open(
            self.scenario.dates, self.scenario.agencies, times=self.scenario.times, calendar=self.scenario.calendar
        )
        events = begin(self.plan, opening, REFERENCE, now=self.now, calendars=self.calendars)
        self.case = fold(REFERENCE, events)
        self._stored(None, events)
        for _ in range(TURNS):
            self.now += timedelta(days=self.chance.randrange(1, 2 * PAUSE), hours=self.chance.randrange(-2, 3))
            for command in [*self._by_itself(), *self._by_people()]:
                self._do(command)
            self._foreseen()
        return self.taken

    @property
    def today(self) -> date:
        return london_day(self.now)

    def _do(self, command: c.Command) -> None:
        before = self.case
        try:
            draft = work_out(self.plan, before, command, now=self.now, calendars=self.calendars)
        except Refused as told:
            refusal = told
        else:
            self._done(before, draft)
            return
        assert all(reason.strip() for reason in refusal.reasons), f"{command} is refused without words"

    def _done(self, before: Case, draft: Draft) -> None:
        if not draft.events:
            return
        for event in draft.events:
            assert e.decode(event.KIND, e.encode(event)) == event
            self.case = apply(self.case, event)
        assert self.case == draft.case, "its events make another case"
        self._stored(before, draft.events)
        self.taken += 1

    def _stored(self, before: Case | None, events: list[e.Event]) -> None:
        """All that one transaction would store, with the letters that go out; then it is read again, as by the next."""
        context = CaseContext(self.plan, self.case, self.partnership, self.calendars, self.now)
        row = CaseRow(1, REFERENCE, self.case.process, self.case.definition, self.case.status, 0, "", "")
        change = build_change(context, row, before, events, by=BY, on=self.today.isoformat(), key=None)
        assert all(notice.text.strip() for notice in change.notices)
        again = load(REFERENCE, change.state)
        assert again == self.case, "what is stored is another case"
        assert dump(again) == change.state
        self.case = again

    def _by_itself(self) -> Iterator[c.Command]:
        """What a sweep does by now."""
        if self.case.status is not CaseStatus.OPEN:
            return
        send_at = self.partnership.send_at
        aside = [
            *(LookAgain.HOLD.of(name) for name in self.case.holds),
            *(LookAgain.ENDING.of(name) for name in self.plan.endings_by_time),
        ]
        for item in [*self.case.items, *aside]:
            when = next_chase(self.plan, self.case, item, self.calendars, send_at)
            if when is not None and when <= self.now:
                yield c.Chase(item, send_at)
        for item, state in self.case.items.items():
            if state.status is Status.OPEN and self.plan.is_automatic(step_of(item)) and not is_wait(self.plan, item):
                yield c.RecordStarted(item, "F-2026-002")
        yield c.LookAhead()

    def _by_people(self) -> Iterator[c.Command]:
        owed = possible_items(self.plan, self.case)
        for item in self.chance.sample(owed, min(len(owed), self.chance.randrange(4))):
            yield c.Complete(item, self._answers(item))
        if self.case.items and self.chance.random() < 1 / 2:
            yield self._seldom()

    def _answers(self, item: str) -> dict[str, object]:
        office, purposes = self.calendars[OFFICE], purposes_of(self.plan.definition)
        occasion = Occasion(self.today, office, purposes, self.case.dates)
        good = good_answers(self.plan.form(step_of(item)), item, self.scenario, self.case, occasion=occasion)
        for name, question in self.plan.form(step_of(item)).items():
            if question.options and isinstance(good.get(name), str):
                good[name] = self.chance.choice(list(question.options))
        return good

    def _seldom(self) -> c.Command:
        """What happens now and then, about anything in the case."""
        chance, later = self.chance, self.today + timedelta(days=self.chance.randrange(1, 30))
        item = chance.choice(sorted(self.case.items))
        holds, dates = sorted(self.plan.holds) or ["none"], sorted(self.case.dates) or ["none"]
        role = chance.choice(sorted(self.partnership.roles))
        return chance.choice(
            [
                c.Reopen(item, WHY),
                c.Skip(item, WHY),
                c.Extend(item, later, role, WHY),
                c.Snooze(item, later, WHY),
                c.Resume(item, WHY),
                c.ChaseByHand(item),
                c.Respond(item, chance.choice(sorted(KINDS)), "", later),
                c.OpenStep(step_of(item), WHY),
                c.Delegate(step_of(item), role, later, WHY),
                c.Hold(chance.choice(holds), WHY, role, later),
                c.Release(chance.choice(holds), WHY),
                c.CorrectDate(chance.choice(dates), self.today, WHY),
                c.SetDate(chance.choice(dates), later, WHY),
                c.AddAgency(chance.choice(sorted(self.partnership.agencies))),
                c.RemoveAgency(chance.choice(sorted(self.partnership.agencies)), WHY),
                c.Link("parallel", "elsewhere 4", WHY, outside=True),
                c.Recount(WHY),
                c.End(chance.choice([*self.plan.definition.process.endings, "none"]), WHY),
            ]
        )

    def _foreseen(self) -> None:
        if self.case.status is not CaseStatus.OPEN:
            return
        with suppress(CalendarHorizonError):  # what lies years ahead
            for clock in forecasts(self.plan, self.case, self.today, self.calendars):
                assert clock.earliest <= clock.latest
