"""Will it make it? When a clock will stop, if what is open and coming is done on its day, or as soon as it can be.

What is overdue is done today at the earliest. A condition about which nothing is decided yet takes no time, and a hold
lasts until it is next looked at. Nothing is counted here: due days come from the same functions that set them.
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
from reviewflow.case.rules.conditions import evaluate
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.routing import is_decided
from reviewflow.case.rules.timing.due_dates import due_day, rule_day
from reviewflow.language.conditions import Test
from reviewflow.language.model import Step
from reviewflow.language.phrases import Due


class Because(StrEnum):
    """Why something will not be done before the day that is foreseen."""

    DUE = "due"
    OVERDUE = "overdue"
    SOONEST = "as soon as it can be"
    NOT_BEFORE = "not before"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class ForecastLink:
    """One step on the way to the day on which a clock stops."""

    item: str
    day: date
    because: Because
    due: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    limit: str
    due: date
    expected: date
    """When the clock will stop, as things stand."""
    chain: tuple[ForecastLink, ...]
    """The steps that decide that day, the first of them first."""
    holds: tuple[str, ...]
    """The holds in place that stop something on the way."""
    endless: tuple[str, ...]
    """Those of them of which nobody has said when they are looked at again."""

    @property
    def late(self) -> bool:
        return self.expected > self.due or bool(self.endless)


def forecasts(plan: Plan, case: Case, today: date, calendars: Calendars) -> Iterator[Forecast]:
    """One for every clock that runs."""
    for limit in plan.limit_items(case):
        found = forecast(plan, case, limit, today, calendars)
        if found is not None:
            yield found


def forecast(plan: Plan, case: Case, limit: str, today: date, calendars: Calendars) -> Forecast | None:
    """None for a clock that does not run, or that nothing will meet."""
    state = case.items.get(limit)
    if state is None or state.status is not Status.OPEN or state.due is None:
        return None
    met_by = plan.limits[step_of(limit)].met_by
    ahead = _Ahead(plan, case, today, calendars)
    for step in plan.order:
        if step == met_by or step in plan.ancestors[met_by]:
            ahead.look_at(step)
    last = ahead.last(plan.items(met_by, case))
    if last is None:
        return None
    stopped = dict.fromkeys(name for item in ahead.days for name in stopped_by(plan, case, item))
    endless = tuple(name for name in stopped if case.holds[name].review is None)
    return Forecast(limit, state.due, ahead.days[last].day, tuple(ahead.chain(last)), tuple(stopped), endless)


Way = tuple[date, Because, str | None]
"""A day before which something is not done, why, and what that day hangs on."""


@dataclass
class _Ahead:
    """A case in which, step by step, everything comes to be done."""

    plan: Plan
    case: Case
    today: date
    calendars: Calendars
    real: Case = field(init=False)
    days: dict[str, ForecastLink] = field(default_factory=dict)
    before: dict[str, str | None] = field(default_factory=dict)
    """What stands before each on the chain."""
    done: dict[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        self.real, self.done = self.case, dict(self.case.items)
        self.case = replace(self.case, items=self.done)

    def look_at(self, step: str) -> None:
        for item in self.plan.items(step, self.case):
            state = self.case.items.get(item) or Item(Status.PENDING)
            if state.status in FINISHED:
                continue
            if self._falls_away(step, item, state):
                self.done[item] = replace(state, status=Status.NOT_NEEDED)
            else:
                self._do(step, item, state)

    def last(self, items: tuple[str, ...]) -> str | None:
        """What is done last of these, of those that are still to be done."""
        return max((item for item in items if item in self.days), key=lambda item: self.days[item].day, default=None)

    def chain(self, last: str) -> Iterator[ForecastLink]:
        before = self.before[last]
        if before is not None:
            yield from self.chain(before)
        yield self.days[last]

    def _falls_away(self, step: str, item: str, state: Item) -> bool:
        if state.status is Status.OPEN:
            return False
        rule, found = self.plan.steps[step], self.case.items
        if rule.optional and not state.asked:
            return True
        leading = [found[each].status for each in self.plan.waits_for(item, self.case) if each in found]
        if leading and all(status is Status.NOT_NEEDED for status in leading):
            return True
        when = rule.when
        return when is not None and self._decided(item, when) and not evaluate(self.plan, self.real, when, key_of(item))

    def _decided(self, item: str, when: Test) -> bool:
        return is_decided(self.plan, self.real, when, key_of(item))

    def _do(self, step: str, item: str, state: Item) -> None:
        rule = self.plan.steps[step]
        before = self.last(tuple(self.plan.waits_for(item, self.case)))
        ready = self.days[before].day if before else self.today
        open_question = state.status is not Status.OPEN and rule.when is not None and not self._decided(item, rule.when)
        due = None if open_question else due_day(self.plan, self.case, item, self.calendars)
        overdue = before is None and due is not None and due < ready
        ways = [(ready, Because.OVERDUE if overdue else Because.SOONEST, before)]
        if not open_question:
            ways = [*self._on_its_day(rule, item, state, due), *ways, *self._hindered(rule, item)]
        day, because, leads = max(ways, key=lambda way: way[0])
        self.days[item], self.before[item] = ForecastLink(item, day, because, due), leads
        asked = {name: day.isoformat() for name, each in self.plan.form(step).items() if each.completes}
        self.done[item] = replace(state, status=Status.DONE, done=day, answers={**state.answers, **asked})

    def _on_its_day(self, rule: Step, item: str, state: Item, due: date | None) -> Iterator[Way]:
        if due is not None:
            yield due, Because.DUE, None if state.fixed else self._anchor(rule.wait or rule.due, item)

    def _hindered(self, rule: Step, item: str) -> Iterator[Way]:
        step, key = step_of(item), key_of(item)
        first = rule_day(self.plan, self.case, rule.not_before, step, key, self.calendars)
        if first is not None:
            yield first, Because.NOT_BEFORE, self._anchor(rule.not_before, item)
        for name in stopped_by(self.plan, self.case, item):
            yield self.case.holds[name].review or self.today, Because.HELD, None

    def _anchor(self, rule: Due | None, item: str) -> str | None:
        """What a day counts from, where that is still to be done."""
        if rule is None or rule.anchor.name not in self.plan.steps:
            return None
        other, paired = rule.anchor.name, self.plan.pairs(step_of(item), rule.anchor.name)
        return self.last((item_id(other, key_of(item)),) if paired else self.plan.items(other, self.case))
