"""Local clocks that stand still while something is awaited from outside, and go on or begin again when it comes.

The days from the one on which the waiting began to the one on which it ended, both included, do not count: those of a
clock in working days are not worked, and a day counted in days, weeks or months moves on by as many. What stands still,
and whether it then goes on or begins again, the process says; `check` refuses it for a national limit. The project's
own rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from reviewflow.calendar import Calendar, Unit
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import WAS_DONE, Case, Status, is_finished
from reviewflow.case.plan.plan import Plan


class Standstill(NamedTuple):
    """A time during which a clock stands still."""

    name: str
    first: date
    last: date | None
    """None while it lasts."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days that do not count, once all are known."""
        length = (self.last - self.first).days + 1 if self.last else 0
        return tuple(self.first + timedelta(days=number) for number in range(length))


def standstills(plan: Plan, case: Case, item: str) -> Iterator[Standstill]:
    """Those of a step's or a limit's clock so far. One that something else ended is over on the day of that."""
    for name in plan.standstills_of.get(step_of(item), ()):
        rule = plan.stands_still[name]
        first, last = _done(plan, case, rule.since), _done(plan, case, rule.until)
        over = all(is_finished(case, awaited) for awaited in plan.items(rule.until, case))
        if first is None or (over and (last is None or last < first)):
            continue
        state = case.items.get(item)
        if not over and state is not None and state.status is Status.DONE and state.done:
            last = max(first, state.done)
        yield Standstill(name, first, last)


def _done(plan: Plan, case: Case, step: str) -> date | None:
    """The day on which a step was done, or somebody decided to go on without it, by all who owe it."""
    states = [case.items.get(item) for item in plan.items(step, case)]
    if not all(state is not None and state.status in {*WAS_DONE, Status.SKIPPED} for state in states):
        return None
    return max((state.done for state in states if state is not None and state.done), default=None)


def stands_still(plan: Plan, case: Case, item: str) -> Standstill | None:
    """Why the clock of something owed stands still now; None when it runs. What was overdue before runs on."""
    state = case.items.get(item)
    if state is None or state.status is not Status.OPEN:
        return None
    return lasting(plan, case, item, state.stood or state.due)


def lasting(plan: Plan, case: Case, item: str, due: date | None) -> Standstill | None:
    """Why the clock of something that is due on `due` stands still now, whether or not the work has begun."""
    still = (each for each in standstills(plan, case, item) if each.last is None)
    return next((each for each in still if due is None or each.first <= due), None)


def begun_again(plan: Plan, case: Case, item: str, day: date) -> date:
    """The day from which a clock counts: `day`, or a later one on which it began again."""
    again = (
        still.last
        for still in standstills(plan, case, item)
        if still.last is not None and plan.stands_still[still.name].begins_again
    )
    return max((day, *again))


def moved_on(plan: Plan, case: Case, item: str, start: date, end: date) -> date:
    """The end of a clock of days, weeks or months, later by each day after its start that did not count."""
    still = {day for each in standstills(plan, case, item) for day in each.days if day > start}
    for day in sorted(still):
        end += timedelta(days=day <= end)
    return end


def goes_on_to(plan: Plan, item: str, day: date, over: Standstill, by_its_rule: date, plain: Calendar) -> date:
    """The end of a clock that was granted `day`, once a standstill is over; no earlier than by its rule from then.

    Later by the working days of the standstill in `plain`, in which they are worked, or by its days where none are
    counted.
    """
    rule = plan.rule(step_of(item))
    if rule is not None and not any(part.span and part.span.unit is Unit.WORKING_DAYS for part in rule.parts):
        granted = day + timedelta(days=len(over.days))
    else:
        granted = plain.add_working_days(day, sum(map(plain.is_working_day, over.days)))
    return max(by_its_rule, granted) if plan.stands_still[over.name].begins_again else granted
