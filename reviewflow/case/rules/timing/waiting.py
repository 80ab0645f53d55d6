"""Automatic steps that wait for a day: done once it has come, by the sweep or by the next command."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.london import LONDON


def is_wait(plan: Plan, item: str) -> bool:
    """Whether an item only waits for a day."""
    step = plan.steps.get(step_of(item))
    return step is not None and step.wait is not None


def wait_ended_on(plan: Plan, case: Case, item: str, today: date, calendars: Calendars) -> date | None:
    """The day that was waited for, once it has come; today when what it counts from is not known any more."""
    day = due_day(plan, case, item, calendars)
    return today if day is None else day if day <= today else None


def wait_ends_at(state: Item) -> datetime | None:
    """The moment, in UTC, at which the day begins that a step waits for; None when it waits for none."""
    if state.status is not Status.OPEN or state.due is None:
        return None
    return datetime.combine(state.due, time(), LONDON).astimezone(UTC)
