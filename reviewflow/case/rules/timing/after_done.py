"""Rounds that count from the day on which the one before was done."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendars, due_on
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of


def counts_from_done(plan: Plan, item: str) -> bool:
    """Whether each round of an item counts from when the one before was done: 6 weeks after it was done."""
    rhythm = plan.steps[step_of(item)].repeats
    return rhythm is not None and rhythm.after_done


def day_after(plan: Plan, case: Case, item: str, since: date, calendars: Calendars) -> date:
    """The due day of the round that counts from the day `since`."""
    step = plan.steps[step_of(item)]
    every = step.repeats.every if step.repeats is not None else None
    return due_on(since, every, days_of(plan, case, item, calendars), landing=step.on_a_working_day)
