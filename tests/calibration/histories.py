"""Made-up histories of shipped processes, calendar-true, to ask the forecast in the middle what came out in the end.

Half of the offices keep their days well, half do not; each owner is late at a rate that the forecast does not know.
Work that is not late takes a part of the days that it is given, and what begins late for its day such a part of what
its plan gives, hurried. Late work stays late until one of its chases is heeded: by some at once, by some weeks later.
Work is sent back and holds come and go now and then; answers lead down every branch. Everything is drawn from a seed.
"""

import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from reviewflow.calendar import CalendarHorizonError, Calendars
from reviewflow.case.advance import advance, begin, work_out
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.punctuality import NOTHING, TrackRecord, records_of
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import date_day
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.language.definition import define
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.phrases import Due
from reviewflow.service.workspace.days.calendars import load_calendars
from tests.calibration.office import Office
from tests.shipped import library
from tests.simulation.people import answers

SHIPPED = Path(__file__).parents[2] / "definitions"
CAME_LATER = {"referral"}
LONGEST = 500
"""Days after which a history is left."""
NOON = time(12)
HURRIED = 0.5
"""What begins late for its day takes half of what it takes otherwise, or more."""


@cache
def calendars() -> Calendars:
    return load_calendars(SHIPPED / "calendars.yaml", {}, own={})


@cache
def plans() -> Mapping[str, Plan]:
    """The shipped processes that have a time limit and open with days alone.

    Which years are lived hangs on how many there are: what came after the figures were taken is left out.
    """
    known = {name: Plan(define(library(), name)) for name in library().processes}
    return {
        name: plan
        for name, plan in known.items()
        if name not in CAME_LATER
        and plan.limits
        and not plan.definition.process.opening.times
        and not plan.definition.process.opening.calendar
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A clock at half time, and what became of it."""

    process: str
    case: Case
    limit: str
    today: date
    usual: Mapping[str, float]
    """By step, the mean of past cases of this office, of steps that were done often enough."""
    past: Mapping[str, TrackRecord]
    """By owner, in past cases of this office: how many pieces of work were late, and of how many."""
    met: bool


def all_present(form: FormFields, given: dict[str, Any]) -> dict[str, Any]:
    """The answers of a meeting to which everybody came: what is counted from that is not answered."""
    counted = [name for name, asked in form.items() if asked.type is FieldType.QUORUM]
    came = {name: list(form[name].options) for group in counted for name in form[group].came or () if name in given}
    return {name: answer for name, answer in given.items() if name not in counted} | came


@dataclass
class History:
    """One case, lived day by day."""

    office: Office
    plan: Plan
    opens: date
    case: Case = field(init=False)
    when: dict[tuple[str, int, date | None], date] = field(default_factory=dict)
    asked: list[tuple[str, Case, date]] = field(default_factory=list)
    half: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = self.office.chance
        self.today = self.opens
        opening = self.plan.definition.process.opening
        names = [f"agency_{number}" for number in range(self.chance.randint(2, 6))]
        command = c.Open(dict.fromkeys(opening.dates, self.opens), tuple(names) if opening.agencies else ())
        self.case = fold("R", begin(self.plan, command, "R", now=self.now, calendars=calendars()))

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, NOON, UTC)

    def live(self, usual: Mapping[str, float]) -> Iterator[Asked]:
        """Its clocks as they were asked at half time, once it is known what became of each."""
        for number in range(LONGEST):
            self.today = self.opens + timedelta(days=number)
            self._ask()
            if self.case.status is not CaseStatus.OPEN or self._all_ended():
                break
            if self.today.weekday() < 5:
                self._work()
        process = self.plan.definition.process.process
        past = dict(self.office.punctual)
        for owner, record in records_of(self.plan, self.case, self.today, calendars()).items():
            self.office.punctual[owner] = past.get(owner, NOTHING).and_also(record)
        for limit, case, today in self.asked:
            state = self.case.items[limit]
            if state.status is Status.DONE and state.done is not None and state.due is not None:
                met = not is_over(state.due, state.by, state.done, state.at)
                yield Asked(process, case, limit, today, usual, past, met)
            elif state.status is Status.OPEN and state.due is not None and state.due < self.today:
                yield Asked(process, case, limit, today, usual, past, met=False)

    def _all_ended(self) -> bool:
        limits = [self.case.items.get(limit) for limit in self.plan.limit_items(self.case)]
        running = [state for state in limits if state is not None and state.status is Status.OPEN]
        return not running and not any(state is None or state.status is Status.PENDING for state in limits)

    def _ask(self) -> None:
        for limit in self.plan.limit_items(self.case):
            state = self.case.items.get(limit)
            if state is None or state.status is not Status.OPEN or state.due is None or state.due <= self.today:
                continue
            start = state.opened or self.opens
            middle = self.half.setdefault(limit, start + (state.due - start) / 2)
            if self.today >= middle and limit not in {name for name, _, _ in self.asked}:
                self.asked.append((limit, self.case, self.today))

    def _work(self) -> None:
        if self.case.holds and self.chance.random() < 0.05:
            self._do(c.Release(next(iter(self.case.holds)), "it is over"))
        elif self.plan.holds and not self.case.holds and self.chance.random() < 0.001:
            review = calendars()["office"].add_working_days(self.today, 20)
            self._do(c.Hold(self.chance.choice(list(self.plan.holds)), "a trial", "chair", review))
        for _ in range(5):  # what opens in the morning may be done in the afternoon
            before = self.case
            for item in [*before.items]:
                self._work_on(item)
            if self.case is before:
                return

    def _work_on(self, item: str) -> None:
        state = self.case.items.get(item)
        if state is None or state.status is not Status.OPEN or self.case.status is not CaseStatus.OPEN:
            return
        step = self.plan.steps.get(step_of(item))
        if step is None:
            return
        if step.owner is None:
            self._do(c.Chase(item, NOON) if is_wait(self.plan, item) else c.RecordStarted(item, f"C-{item}"))
        elif not stopped_by(self.plan, self.case, item) and self._day_of(item) <= self.today:
            self._complete(item)

    def _complete(self, item: str) -> None:
        before = self.case.items[item]
        given = self._answers(item)
        self._do(c.Complete(item, given | self._days_as_planned(item)))
        after = self.case.items[item]
        if after.done is not None and before.opened is not None and before.done is None:
            calendar = days_of(self.plan, self.case, item, calendars())
            took = calendar.working_days_between(before.opened, after.done)
            self.office.taken.setdefault(f"{self.plan.definition.process.process}.{step_of(item)}", []).append(took)

    def _answers(self, item: str) -> dict[str, Any]:
        """Work is sent back, and a hold placed, now and then; else the answers are drawn until they do neither."""
        step = step_of(item)
        back = [reopen.when for reopen in self.plan.steps[step].reopens.values()]
        back_this_time = self.chance.random() < 0.15 * self.office.manner
        held_this_time = self.chance.random() < 0.15
        for _ in range(20):
            given = all_present(self.plan.form(step), answers(self.plan, self.case, item, self.today, self.chance))
            sends_back = any(evaluate_answers(when, given) for when in back)
            if (back_this_time or not sends_back) and (held_this_time or not self._places_a_hold(item, given)):
                break
        return given

    def _places_a_hold(self, item: str, given: dict[str, Any]) -> bool:
        if not any(evaluate_answers(hold.when, given) for hold in self.plan.steps[step_of(item)].places.values()):
            return False  # most do not, and a command takes long to try
        with suppress(Refused, CalendarHorizonError):
            command = c.Complete(item, given)
            made = advance(self.plan, self.case, command, now=self.now, calendars=calendars())
            return any(isinstance(event, e.HoldPlaced) for event in made)
        return False

    def _days_as_planned(self, item: str) -> dict[str, str]:
        """Dates that an answer sets stay as they are planned where that is to come, else they are two weeks on."""
        asked = {name: question.sets for name, question in self.plan.form(step_of(item)).items() if question.sets}
        days = {name: date_day(self.plan, self.case, sets, calendars()) for name, sets in asked.items()}
        soon = self.today + timedelta(days=14)
        return {name: (day if day is not None and day > self.today else soon).isoformat() for name, day in days.items()}

    def _day_of(self, item: str) -> date:
        """The day on which its owner does it, drawn once a round, and again when it was given another day."""
        state = self.case.items[item]
        key = (item, state.round, state.due)
        if key not in self.when:
            calendar, opened = days_of(self.plan, self.case, item, calendars()), state.opened or self.today
            given = calendar.working_days_between(opened, state.due) if state.due is not None else 5
            takes, owner = self._takes(item, given), self.plan.owner(item, self.case)
            if self.chance.random() < self.office.rate(owner):
                takes = max(given, takes) + self.office.late(owner, given)
            self.when[key] = max(calendar.add_working_days(opened, takes), opened)
        return self.when[key]

    def _takes(self, item: str, given: int) -> int:
        """So many working days where it is not late by habit.

        A part of those that are given for it. What begins late for its day takes such a part of what its plan gives,
        hurried: nobody does in a day what takes weeks.
        """
        rule, manner = self.plan.steps[step_of(item)].due, self.office.manner
        if isinstance(rule, Due) and rule.span is None and rule.anchor.name in self.plan.dates:
            return max(given, 0)
        pace = self.chance.uniform(0.2 + 0.3 * manner, 0.7 + 0.4 * manner)
        planned = round(self.plan.lengths[step_of(item)])
        if given < planned:
            return round(pace * planned * self.chance.uniform(HURRIED, 1))
        return min(round(pace * max(given, 1)), max(given, 1))

    def _do(self, command: c.Command) -> None:
        """A refusal is an answer too: it is too early, or the form does not take this."""
        try:
            self.case = work_out(self.plan, self.case, command, now=self.now, calendars=calendars()).case
        except (Refused, CalendarHorizonError):
            return


def clocks(seed: int, offices: int, cases: int, processes: int = 3) -> Iterator[Asked]:
    """Clocks at half time: of so many offices, each with so many cases of a few processes."""
    chance = random.Random(seed)
    for _ in range(offices):
        office = Office(chance)
        mine = chance.sample(sorted(plans()), processes)
        for _ in range(cases):
            plan = plans()[chance.choice(mine)]
            opens = date(2026, 1, 5) + timedelta(days=chance.randrange(600))
            while opens.weekday() > 4:
                opens += timedelta(days=1)
            name = f"{plan.definition.process.process}."
            usual = {step.removeprefix(name): days for step, days in office.usual().items() if step.startswith(name)}
            yield from History(office, plan, opens).live(usual)
