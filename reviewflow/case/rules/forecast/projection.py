"""A copy of a case in which, step by step, all that is left is done on the day that is foreseen for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.ids import key_of
from reviewflow.case.model.state import FINISHED, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import is_decided
from reviewflow.case.rules.forecast.days import later, worked_day, working_days
from reviewflow.case.rules.forecast.open_work import Under, under_way
from reviewflow.case.rules.forecast.paces import Pace
from reviewflow.case.rules.forecast.shapes import Because, ForecastLink
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.routing import Cause, Routing, decide_in_turn
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import due_day, earliest_day
from reviewflow.language.conditions import Test
from reviewflow.language.phrases import Due

Bound = tuple[date, Because]
"""A day before which an item is not done, and why."""
UNKNOWN = Item(Status.PENDING)


@dataclass
class Projection:
    """One course that the rest of a case may take."""

    plan: Plan
    case: Case
    today: date
    calendars: Calendars
    usual: Mapping[str, float]
    """Working days that steps took in past cases, by step; others take what their rules plan."""
    pace: Pace
    real: Case = field(init=False)
    days: dict[str, ForecastLink] = field(default_factory=dict)
    before: dict[str, str | None] = field(default_factory=dict)
    """By item, the item before it on the chain."""
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
            if self._is_not_needed(step, item, state):
                self.done[item] = replace(state, status=Status.NOT_NEEDED)
            else:
                self._do(step, item, state)

    def last(self, items: tuple[str, ...]) -> str | None:
        """The item that is done last, of those of these that are still to be done."""
        return max((item for item in items if item in self.days), key=lambda item: self.days[item].day, default=None)

    def chain(self, last: str) -> Iterator[ForecastLink]:
        """The steps that decide the day of an item, and that item, in their order."""
        before = self.before[last]
        if before is not None:
            yield from self.chain(before)
        yield self.days[last]

    def _is_not_needed(self, step: str, item: str, state: Item) -> bool:
        """Whether it will not be needed, by the rules of `decide_step`; a condition counts once it is decided."""
        if state.status is Status.OPEN:
            return False
        before = [self.done[other].status for other in self.plan.waits_for(item, self.case) if other in self.done]
        decision = decide_in_turn(self.plan, self.real, step, key_of(item), before)
        when = self.plan.steps[step].when
        if decision.cause is Cause.CONDITION and when is not None and not self._decided(item, when):
            return False
        return decision.routing is Routing.NOT_NEEDED

    def _decided(self, item: str, when: Test) -> bool:
        return is_decided(self.plan, self.real, when, key_of(item))

    def _do(self, step: str, item: str, state: Item) -> None:
        rule = self.plan.steps[step]
        before = self.last(tuple(self.plan.waits_for(item, self.case)))
        ready = self.days[before].day if before else self.today
        undecided = state.status is not Status.OPEN and rule.when is not None and not self._decided(item, rule.when)
        if undecided and not self.pace.undecided:
            day, because = ready, Because.SOONEST
        else:
            day, because = max([self._worked(step, item, state, ready), *self._bounds(item, state, ready)], key=_day)
        held_apart = because in {Because.HELD, Because.NOT_BEFORE, Because.ASKED}
        self.days[item] = ForecastLink(item, day, because, state.due)
        self.before[item] = None if held_apart and day > ready else before
        asked = {name: day.isoformat() for name, question in self.plan.form(step).items() if question.completes}
        self.done[item] = replace(state, status=Status.DONE, done=day, answers={**state.answers, **asked})

    def _worked(self, step: str, item: str, state: Item, ready: date) -> Bound:
        """When the work on it is done, and never on a day that the calendar of a person's work leaves out."""
        if self.plan.is_automatic(step):
            waited = due_day(self.plan, self.case, item, self.calendars) if self.plan.steps[step].wait else None
            return max(ready, waited or ready), Because.DUE if waited and waited > ready else Because.SOONEST
        calendar = days_of(self.plan, self.real, item, self.calendars)
        if state.status is Status.OPEN:
            under = Under(self.plan, self.real, item, self.today, self.calendars, calendar)
            day, because = under_way(under, state, self.pace, self.usual.get(step))
            return worked_day(calendar, max(day, self.today)), because
        return self._after(step, item, ready, calendar), Because.SOONEST

    def _after(self, step: str, item: str, ready: date, calendar: Calendar) -> date:
        """When work is done that begins on a day: its usual length later, and no sooner than a date set for it."""
        rule, length = self.plan.steps[step].due, self.usual.get(step)
        if isinstance(rule, Due) and rule.span is None and rule.anchor.name in self.plan.dates:
            appointed = due_day(self.plan, self.case, item, self.calendars)
            return worked_day(calendar, max(ready, appointed or ready))
        if length is None:
            length = self.plan.lengths[step]
            if rule is not None and any(part.anchor.name in self.plan.steps for part in rule.parts):
                due = due_day(self.plan, self.case, item, self.calendars)
                length = max(0, working_days(calendar, ready, due)) if due is not None and due >= ready else length
        return later(calendar, ready, self.pace.days(length))

    def _bounds(self, item: str, state: Item, ready: date) -> Iterator[Bound]:
        first = earliest_day(self.plan, self.case, item, self.calendars)
        if first is not None:
            yield first, Because.NOT_BEFORE
        if state.asked_until is not None and state.status is Status.OPEN:
            yield state.asked_until, Because.ASKED
        for name in stopped_by(self.plan, self.case, item):
            yield max(self.case.holds[name].review or self.today, ready), Because.HELD


def _day(bound: Bound) -> date:
    return bound[0]
