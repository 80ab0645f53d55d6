"""The forecast: when a time limit will be met, if all that leads to it is done on its due day or as soon as possible.

What is overdue is done today at the earliest. A step whose condition is not decided yet takes no time, and a hold lasts
until its review day. No second logic: due days and routing come from the functions that decide them for real.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import FINISHED, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import is_decided
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.routing import Cause, Routing, decide_in_turn
from reviewflow.case.rules.timing.due_dates import due_day, earliest_day, rule_day
from reviewflow.language.conditions import Test
from reviewflow.language.model import Step
from reviewflow.language.phrases import DayRule


class Because(StrEnum):
    """Why a step will not be done before the day that is foreseen for it."""

    DUE = "due"
    OVERDUE = "overdue"
    SOONEST = "as soon as it can be"
    NOT_BEFORE = "not before"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class ForecastLink:
    """One step that decides when a limit will be met."""

    item: str
    day: date
    because: Because
    due: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a running limit will be met."""

    limit: str
    due: date
    expected: date
    """The day on which the limit will be met, as things stand."""
    chain: tuple[ForecastLink, ...]
    """The steps that decide that day, in their order."""
    holds: tuple[str, ...]
    """The holds in place that stop a step on the way."""
    endless: tuple[str, ...]
    """Those of these holds that have no review day."""

    @property
    def late(self) -> bool:
        """Whether the limit will not be met in time; also when a hold without a review day stops a step."""
        return self.expected > self.due or bool(self.endless)


def forecasts(plan: Plan, case: Case, today: date, calendars: Calendars) -> Iterator[Forecast]:
    """One for every running limit."""
    for limit in plan.limit_items(case):
        foreseen = forecast(plan, case, limit, today, calendars)
        if foreseen is not None:
            yield foreseen


def forecast(plan: Plan, case: Case, limit: str, today: date, calendars: Calendars) -> Forecast | None:
    """When a limit will be met; None for one that does not run, or that no step will meet."""
    state = case.items.get(limit)
    if state is None or state.status is not Status.OPEN or state.due is None:
        return None
    met_by = plan.limits[step_of(limit)].met_by
    projection = _Projection(plan, case, today, calendars)
    for step in plan.on_the_way(step_of(limit)):
        projection.project(step)
    last = projection.last(plan.items(met_by, case))
    if last is None:
        return None
    stopped = dict.fromkeys(name for item in projection.days for name in stopped_by(plan, case, item))
    endless = tuple(name for name in stopped if case.holds[name].review is None)
    return Forecast(limit, state.due, projection.days[last].day, tuple(projection.chain(last)), tuple(stopped), endless)


Bound = tuple[date, Because, str | None]
"""A day before which an item is not done, why, and the item that this day depends on."""


@dataclass
class _Projection:
    """A copy of the case in which, step by step, everything is done on the day that is foreseen for it."""

    plan: Plan
    case: Case
    today: date
    calendars: Calendars
    real: Case = field(init=False)
    days: dict[str, ForecastLink] = field(default_factory=dict)
    before: dict[str, str | None] = field(default_factory=dict)
    """By item, the item before it on the chain."""
    done: dict[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        self.real, self.done = self.case, dict(self.case.items)
        self.case = replace(self.case, items=self.done)

    def project(self, step: str) -> None:
        for item in self.plan.items(step, self.case):
            state = self.case.items.get(item) or Item(Status.PENDING)
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
        open_question = state.status is not Status.OPEN and rule.when is not None and not self._decided(item, rule.when)
        due = None if open_question else due_day(self.plan, self.case, item, self.calendars)
        overdue = before is None and due is not None and due < ready
        bounds = [(ready, Because.OVERDUE if overdue else Because.SOONEST, before)]
        if not open_question:
            bounds = [*self._on_its_day(rule, item, state, due), *bounds, *self._stopped_until(rule, item)]
        day, because, leads = max(bounds, key=lambda bound: bound[0])
        self.days[item], self.before[item] = ForecastLink(item, day, because, due), leads
        asked = {name: day.isoformat() for name, question in self.plan.form(step).items() if question.completes}
        self.done[item] = replace(state, status=Status.DONE, done=day, answers={**state.answers, **asked})

    def _on_its_day(self, rule: Step, item: str, state: Item, due: date | None) -> Iterator[Bound]:
        if due is not None:
            yield due, Because.DUE, None if state.fixed else self._anchor(rule.wait or rule.due, item, due)

    def _stopped_until(self, rule: Step, item: str) -> Iterator[Bound]:
        first = earliest_day(self.plan, self.case, item, self.calendars)
        if first is not None:
            yield first, Because.NOT_BEFORE, self._anchor(rule.not_before, item, first)
        for name in stopped_by(self.plan, self.case, item):
            yield self.case.holds[name].review or self.today, Because.HELD, None

    def _anchor(self, rule: DayRule | None, item: str, day: date) -> str | None:
        """The item that a day counts from, where that is still to be done; of several rules, of one that gives it."""
        for part in rule.parts if rule else ():
            given = rule_day(self.plan, self.case, part, step_of(item), key_of(item), self.calendars)
            if part.anchor.name in self.plan.steps and (part is rule or given == day):
                other, paired = part.anchor.name, self.plan.pairs(step_of(item), part.anchor.name)
                return self.last((item_id(other, key_of(item)),) if paired else self.plan.items(other, self.case))
        return None
