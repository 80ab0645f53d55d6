"""A copy of a case in which, step by step, all that is left is done on the day that is foreseen for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from reviewflow.calendar import Calendar, CalendarHorizonError, Calendars
from reviewflow.case.model.ids import ItemId, item_id, key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import is_decided
from reviewflow.case.rules.forecast.days import later, worked_day, working_days
from reviewflow.case.rules.forecast.open_work import Under, under_way
from reviewflow.case.rules.forecast.shapes import Because, ForecastLink
from reviewflow.case.rules.forecast.stops import Clock
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.routing import Cause, Routing, decide_in_turn
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import date_day, due_day, earliest_day
from reviewflow.language.conditions import Test

Bound = tuple[date, Because, str | None]
"""A day before which an item is not done, why, and the item on which that day depends."""
UNKNOWN = Item(Status.PENDING)
_APPOINTED = frozenset({Because.PLANNED, Because.ON_ITS_DAY})
HURRY = 0.3
"""What part of its length, planned or usual, work takes at least that begins late for its day."""

LEISURE = 0.25
"""What part of the days that are left until its own day, beyond its planned length, work takes."""


@dataclass
class Projection:
    """One course that the rest of a case may take."""

    plan: Plan
    case: Case
    today: date
    calendars: Calendars
    pace: float
    """What part of its planned length a step takes of which no past cases tell."""
    undecided: bool
    """Whether what is not decided yet is foreseen to be needed."""
    supposed: frozenset[str] = frozenset()
    """The steps that are foreseen to be needed all the same."""
    open_questions: bool = False
    """Whether something on the way is not decided yet."""
    real: Case = field(init=False)
    days: dict[str, ForecastLink] = field(default_factory=dict)
    before: dict[str, str | None] = field(default_factory=dict)
    """By item, the item before it on the chain."""
    after: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By item, all that it waits for; nothing of what is under way."""
    own_days: dict[str, date | None] = field(default_factory=dict)
    """By item, the day by which it is owed."""
    under_way: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    """What is not decided yet and foreseen not to be needed."""
    stopped: set[str] = field(default_factory=set)
    """What is under way and has a clock that is foreseen to stand still."""
    alike: tuple[str, ...] = ()
    """What is the same in the course that this one parted from."""
    decided: dict[str, bool] = field(default_factory=dict)
    not_needed: dict[str, bool] = field(default_factory=dict)
    """By item, what no course says otherwise: two that part share both."""
    done: dict[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        self.real, self.done = self.case, dict(self.case.items)
        self.case = replace(self.case, items=self.done)

    def project(self, step: str) -> None:
        """Foresee the items of a step; all that it waits for must have been projected."""
        for item in self.plan.items(step, self.case):
            state = self.case.items.get(item) or UNKNOWN
            if state.status in FINISHED:
                continue
            waits_for = tuple(self.plan.waits_for(item, self.case))
            if item not in self.not_needed:
                self.not_needed[item] = self._is_not_needed(step, item, state, waits_for)
            if self.not_needed[item]:
                self.done[item] = replace(state, status=Status.NOT_NEEDED)
            else:
                self._do(step, item, state, waits_for)

    def asks(self, step: str) -> bool:
        """Whether it may be a question whether something of a step is needed."""
        when = self.plan.steps[step].when
        return when is not None and not all(self._decided(item, when) for item in self.plan.items(step, self.case))

    def with_all_undecided(self) -> Projection:
        """The same so far; from here on with all that is undecided needed."""
        other = Projection(self.plan, self.real, self.today, self.calendars, self.pace, undecided=True)
        other.alike = tuple(self.days)
        for mine, its in (
            (self.days, other.days),
            (self.before, other.before),
            (self.after, other.after),
            (self.own_days, other.own_days),
            (self.done, other.done),
        ):
            its.update(mine)  # type: ignore[arg-type]
        other.under_way |= self.under_way
        other.decided, other.not_needed = self.decided, self.not_needed
        other.stopped |= self.stopped
        return other

    def last(self, items: tuple[str, ...]) -> str | None:
        """The item that is done last, of those of these that are still to be done."""
        return max((item for item in items if item in self.days), key=lambda item: self.days[item].day, default=None)

    def chain(self, last: str) -> Iterator[ForecastLink]:
        """The steps that decide the day of an item, and that item, in their order."""
        before = self.before[last]
        if before is not None:
            yield from self.chain(before)
        yield self.days[last]

    def clock(self, item: str) -> Clock:
        """The clock of a step or a limit, as far as is foreseen what stops it."""
        return Clock(self.plan, self.real, self.case, self.calendars, item, self.own_days, self.passed_over)

    def begins(self, item: str) -> date:
        """The day on which all is done that an item waits for; today for what is under way."""
        return max((self.days[before].day for before in self.after[item]), default=self.today)

    def _is_not_needed(self, step: str, item: str, state: Item, waits_for: tuple[str, ...]) -> bool:
        """Whether it will not be needed, by the rules of `decide_step`; a condition counts once it is decided."""
        if state.status is Status.OPEN:
            return False
        before = [self.done[other].status for other in waits_for if other in self.done]
        decision = decide_in_turn(self.plan, self.real, step, key_of(item), before, calendars=self.calendars)
        when = self.plan.steps[step].when
        if decision.cause is Cause.CONDITION and when is not None and not self._decided(item, when):
            return False
        return decision.routing is Routing.NOT_NEEDED

    def _decided(self, item: str, when: Test) -> bool:
        if item not in self.decided:
            step, key = ItemId.parse(item)
            line = self.plan.line(step, self.real, key)
            self.decided[item] = is_decided(self.plan, self.real, when, item, line, calendars=self.calendars)
        return self.decided[item]

    def _do(self, step: str, item: str, state: Item, waits_for: tuple[str, ...]) -> None:
        """Foresee an item that is needed; `waits_for` is all that comes before it."""
        before = self.last(waits_for)
        ready = self.days[before].day if before else self.today
        self._note(step, item, state, waits_for)
        if item in self.passed_over:
            bound: Bound = ready, Because.SOONEST, before
        else:
            day, because = self._worked(step, item, state, ready)
            leads = None if because in _APPOINTED else before
            bound = max([(day, because, leads), *self._bounds(item, state, ready)], key=_day)
        day, because, self.before[item] = bound
        self.days[item] = ForecastLink(item, day, because, state.due)
        asked = dict.fromkeys(self.plan.completing[step], day.isoformat())
        self.done[item] = replace(state, status=Status.DONE, done=day, answers={**state.answers, **asked})

    def _note(self, step: str, item: str, state: Item, waits_for: tuple[str, ...]) -> None:
        """Keep what the chances of being late hang on: what it waits for, its own day, whether it is decided."""
        is_open, when = state.status is Status.OPEN, self.plan.steps[step].when
        self.after[item] = () if is_open else tuple(other for other in waits_for if other in self.days)
        is_set = is_open and not self.plan.is_automatic(step)
        self.own_days[item] = state.due if is_set else self._own_day(item)
        if is_open:
            self.under_way.add(item)
        elif when is not None and not self._decided(item, when):
            self.open_questions = True
            if not self.undecided and step not in self.supposed:
                self.passed_over.add(item)
        elif self.passed_over and self._follows_what_is_passed_over(waits_for):
            self.passed_over.add(item)

    def _follows_what_is_passed_over(self, before: tuple[str, ...]) -> bool:
        """Whether nothing that leads to it is foreseen to be needed: it will not be either."""
        done, passed_over = self.done, self.passed_over
        return not passed_over.isdisjoint(before) and all(
            other in passed_over or (other in done and done[other].status is Status.NOT_NEEDED) for other in before
        )

    def _own_day(self, item: str) -> date | None:
        """The day of its rule; None where that lies past what a calendar or a group's list of meetings says."""
        try:
            return due_day(self.plan, self.case, item, self.calendars)
        except CalendarHorizonError:
            return None

    def _worked(self, step: str, item: str, state: Item, ready: date) -> tuple[date, Because]:
        """When the work on it is done, and never on a day that the calendar of a person's work leaves out."""
        if self.plan.is_automatic(step):
            waited = self.own_days[item] if self.plan.steps[step].wait else None
            return max(ready, waited or ready), Because.DUE if waited and waited > ready else Because.SOONEST
        calendar = days_of(self.plan, self.real, item, self.calendars)
        appointed = self._appointed(step, item, calendar)
        if appointed is not None and appointed > max(ready, self.today):
            return appointed, Because.PLANNED if self._is_planned(step, item) else Because.ON_ITS_DAY
        if state.status is Status.OPEN:
            under = Under(self.plan, self.real, item, self.today, self.calendars, calendar)
            day, because = under_way(under, state, self.pace, self.plan.usual.get(step))
            if because is Because.OVERDUE and appointed is not None and self._is_planned(step, item):
                because = Because.PASSED
            return worked_day(calendar, self._once_it_goes_on(item, state, max(day, self.today), calendar)), because
        if appointed is not None:
            return worked_day(calendar, ready), Because.SOONEST
        return self._after(step, item, ready, calendar), Because.SOONEST

    def _once_it_goes_on(self, item: str, state: Item, day: date, calendar: Calendar) -> date:
        """The day of open work, later by the days on which its own clock is foreseen to stand still before that."""
        if step_of(item) not in self.plan.standstills_of or state.due is None or state.due < self.today:
            return day
        clock = self.clock(item)
        for stop, ends in clock.ends(state, day):
            self.stopped.add(item)
            self.own_days[item] = ends
            day = later(calendar, day, clock.lost(stop, calendar))
        return day

    def _appointed(self, step: str, item: str, calendar: Calendar) -> date | None:
        """The day set for what is done on a date of the case, or the working day before it; None of all other work."""
        if step not in self.plan.appointed:
            return None
        day = self.own_days[item]
        return calendar.on_or_before(day) if day is not None and calendar.covers(day) else day

    def _is_planned(self, step: str, item: str) -> bool:
        """Whether the day of what is done on a date of the case is that date, and not another that it was given."""
        rule = self.plan.steps[step].due
        dates = (part.anchor.name for part in rule.parts) if rule is not None else ()
        return self.own_days[item] in {date_day(self.plan, self.real, name, self.calendars) for name in dates}

    def _after(self, step: str, item: str, ready: date, calendar: Calendar) -> date:
        """When work is done that begins on a day: its usual length later."""
        length = self.plan.usual.get(step)
        if length is None:
            length = self._planned(step, item, ready, calendar) * self.pace
        return later(calendar, ready, int(length + 0.5))

    def _planned(self, step: str, item: str, ready: date, calendar: Calendar) -> float:
        """How many working days it takes after what it waits for, as planned.

        Exactly where its day counts from a step. Work that begins long before a day of its own takes some of what there
        is until then too; work that begins late for it hurries, and takes no less than `HURRY`.
        """
        rule, length = self.plan.steps[step].due, self.plan.lengths[step]
        due = self.own_days[item]
        if rule is None or due is None:
            return length
        left = working_days(calendar, ready, due)
        if step in self.plan.dated_by_steps and left >= 0:
            return left
        return length + LEISURE * (left - length) if left > length else max(left, HURRY * length)

    def _bounds(self, item: str, state: Item, ready: date) -> Iterator[Bound]:
        first = earliest_day(self.plan, self.case, item, self.calendars)
        if first is not None:
            yield first, Because.NOT_BEFORE, self._counted_from(item)
        if state.asked_until is not None and state.status is Status.OPEN:
            yield state.asked_until, Because.ASKED, None
        for name in stopped_by(self.plan, self.case, item):
            yield max(self.case.holds[name].review or self.today, ready), Because.HELD, None

    def _counted_from(self, item: str) -> str | None:
        """The last of the steps still to be done from which the first day counts on which an item may be done."""
        rule, key = self.plan.steps[step_of(item)].not_before, key_of(item)
        steps = [anchor.name for part in rule.parts for anchor in part.anchors] if rule is not None else []
        paired = {other for other in steps if self.plan.pairs(step_of(item), other)}
        counted = [
            anchor
            for other in steps
            if other in self.plan.steps
            for anchor in ((item_id(other, key),) if other in paired else self.plan.items(other, self.case))
        ]
        return self.last(tuple(counted))


def _day(bound: Bound) -> date:
    return bound[0]
