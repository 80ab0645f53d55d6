"""When work that is under way is foreseen to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import later, working_days
from reviewflow.case.rules.forecast.shapes import Because
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.london import london_day

FURTHER = 0.5
"""What part of the days that it has been overdue work takes further."""


@dataclass(frozen=True, slots=True)
class Under:
    """An open item of a case, with what its days are counted by."""

    plan: Plan
    case: Case
    item: str
    today: date
    calendars: Calendars
    calendar: Calendar


def under_way(work: Under, state: Item, pace: float, usual: float | None) -> tuple[date, Because]:
    """The day on which open work is foreseen to be done, and why not sooner.

    So long after it began as such work takes, in past cases or at the pace of this one; when that has passed, half way
    to its due day. What is overdue takes half as long again as it has been overdue, and a day at least: the longer it
    has waited, the longer it will. Silence that counts ends it.
    """
    day, because = _by_its_owner(work, state, pace, usual)
    silence = silence_counts(work.plan, work.case, work.item, state, work.calendars)
    return (day, because) if silence is None else (min(day, max(london_day(silence), work.today)), because)


def _by_its_owner(work: Under, state: Item, pace: float, usual: float | None) -> tuple[date, Because]:
    today, calendar = work.today, work.calendar
    opened = state.opened or today
    if state.due is None:
        return max(today, later(calendar, opened, round(usual or 0))), Because.SOONEST
    due = _own_day(state.due, opened, calendar)
    if due < today:
        overdue = working_days(calendar, due, today)
        return later(calendar, today, max(1, round(FURTHER * overdue))), Because.OVERDUE
    length = usual if usual is not None else pace * working_days(calendar, opened, due)
    by_habit = later(calendar, opened, round(length))
    left = working_days(calendar, today, due)
    return by_habit if today < by_habit else later(calendar, today, ceil(left / 2)), Because.DUE


def _own_day(due: date, opened: date, calendar: Calendar) -> date:
    """The due day; of work that could begin only after it, the working day after it began."""
    return due if opened <= due else later(calendar, opened, 1)
