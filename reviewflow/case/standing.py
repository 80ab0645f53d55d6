"""How something owed looks today: what the summary, the Prefect view and the figures all say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from reviewflow.calendar import Calendar
from reviewflow.case.state import Item, Status

SOON = 2
"""Working days before the due day from which something is due soon."""


class Standing(StrEnum):
    NOT_YET = "Not yet"
    WAITING = "Waiting"
    DUE_SOON = "Due soon"
    OVERDUE = "Overdue"
    DONE = "Done"
    DONE_LATE = "Done late"
    SKIPPED = "Skipped"
    NOT_NEEDED = "Not needed"


def standing(item: Item | None, today: date, calendar: Calendar) -> Standing:
    """A due date is a day; it is late when that day has ended."""
    if item is None:
        return Standing.NOT_YET
    match item.status:
        case Status.WAITING:
            return Standing.NOT_YET
        case Status.OPEN:
            return _open(item.due, today, calendar)
        case Status.DONE:
            return Standing.DONE_LATE if item.due and item.done and item.done > item.due else Standing.DONE
        case Status.SKIPPED:
            return Standing.SKIPPED
        case Status.NOT_NEEDED | Status.WITHDRAWN:
            return Standing.NOT_NEEDED


def _open(due: date | None, today: date, calendar: Calendar) -> Standing:
    if due is None:
        return Standing.WAITING
    if due < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if calendar.working_days_between(today, due) <= SOON else Standing.WAITING


def distance(due: date, today: date, calendar: Calendar) -> str:
    """'2 working days left', 'due today', '3 working days overdue'."""
    days = calendar.working_days_between(today, due)
    if due == today:
        return "due today"
    if due > today:
        return f"{_working_days(max(days, 1))} left"
    return f"{_working_days(max(-days, 1))} overdue"


def _working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"
