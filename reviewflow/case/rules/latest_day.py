"""A day by which a time limit is met at the latest: cheaper than its forecast, and never before the day of that.

Of every step on the way that is not finished the latest day is that of its rule, of what it waits for, or today, also
of one that will turn out not to be needed. Where a step has a rule of a kind that is not followed here, and while a
hold stops one, no latest day is known: only the forecast says it then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from reviewflow.calendar import CalendarHorizonError, Calendars, Landing, due_on
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import FINISHED, Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import counts_hours
from reviewflow.language.model import EACH, OPENED
from reviewflow.language.phrases import Anchor, DayRule


class _NotKnown(Exception):
    """Something on the way follows a rule of another kind."""


def met_by_then(plan: Plan, case: Case, limit: str, last: date, today: date, calendars: Calendars) -> bool:
    """Whether the forecast of a running limit surely is no later than `last`, and no hold without an end stops it.

    False says nothing.
    """
    on_the_way = plan.on_the_way(step_of(limit))
    if any(step in plan.holds[name].stops for name in case.holds if name in plan.holds for step in on_the_way):
        return False
    try:
        return _Latest(plan, case, calendars).of_all(on_the_way, today) <= last
    except (_NotKnown, CalendarHorizonError):
        return False


@dataclass
class _Latest:
    """The latest days of the steps of a case, worked out in their order."""

    plan: Plan
    case: Case
    calendars: Calendars
    days: dict[str, date] = field(default_factory=dict)
    """By step that is owed, its latest day."""

    def of_all(self, steps: Iterable[str], today: date) -> date:
        """The latest day of the last of these steps; today when all are finished."""
        for step in steps:
            states = [self.case.items.get(item) for item in self.plan.items(step, self.case)]
            owed = [state for state in states if state is None or state.status not in FINISHED]
            if owed:
                before = [self.days[other] for other, _ in self.plan.before[step] if other in self.days]
                self.days[step] = max([today, *before, *self._by_its_rules(step, owed)])
        return max(self.days.values(), default=today)

    def _by_its_rules(self, name: str, owed: list[Item | None]) -> Iterator[date]:
        step = self.plan.steps[name]
        in_rounds = step.repeats is not None or step.after_round is not None
        if in_rounds or step.asks is not None or name in self.plan.standstills_of:
            raise _NotKnown
        yield from (state.due for state in owed if state is not None and state.fixed and state.due is not None)
        if not all(state is not None and state.fixed for state in owed):
            yield from self._of_rule(name, step.wait or step.due, step.on_a_working_day)
        yield from self._of_rule(name, step.not_before, Landing.AS_IT_FALLS)

    def _of_rule(self, name: str, rule: DayRule | None, landing: Landing) -> Iterator[date]:
        """The latest day of each part of a rule; none of one that cannot give a day."""
        for part in rule.parts if rule is not None else ():
            if counts_hours(part):
                raise _NotKnown
            calendar = days_of(self.plan, self.case, name, self.calendars)
            for day in self._of_anchor(part.anchor):
                yield due_on(day, part.span, calendar, before=part.before, landing=landing)

    def _of_anchor(self, anchor: Anchor) -> Iterator[date]:
        if anchor.day is not None:
            yield anchor.day
        elif anchor.name == OPENED:
            yield self.case.opened
        elif anchor.name in self.case.dates:
            yield self.case.dates[anchor.name]
        elif anchor.name in self.plan.dates:
            planned = self.plan.dates[anchor.name]
            yield from self._of_rule(anchor.name, planned.planned, planned.on_a_working_day)
        elif anchor.name == EACH:
            raise _NotKnown
        elif anchor.name in self.plan.limits:
            yield from self._of_limit(anchor.name)
        else:
            yield from self._of_step(anchor.name, anchor.field)

    def _of_limit(self, name: str) -> Iterator[date]:
        state, limit = self.case.items.get(name), self.plan.limits[name]
        if name in self.plan.standstills_of:
            raise _NotKnown
        if state is not None and state.fixed:
            yield from (day for day in (state.due,) if day is not None)
        else:
            landing = limit.on_a_working_day if limit.national is None else Landing.AS_IT_FALLS
            yield from self._of_rule(name, self.plan.rule(name), landing)

    def _of_step(self, name: str, question: str | None) -> Iterator[date]:
        """The days on which the items of a step were done, and the latest on which those are that are owed.

        Where a question is named its answers instead.
        """
        states = [state for item in self.plan.items(name, self.case) if (state := self.case.items.get(item))]
        if question is None:
            yield from (state.done for state in states if state.done is not None)
        else:
            answers = (state.answers.get(question) for state in states)
            yield from (date.fromisoformat(str(answer)) for answer in answers if answer is not None)
        if name in self.days and (question is None or self.plan.form(name)[question].completes):
            yield self.days[name]
