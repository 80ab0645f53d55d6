"""When work that is under way is foreseen to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import later, working_days
from reviewflow.case.rules.forecast.paces import Pace
from reviewflow.case.rules.forecast.shapes import Because
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.london import london_day


@dataclass(frozen=True, slots=True)
class Under:
    """An open item of a case, with what its days are counted by."""

    plan: Plan
    case: Case
    item: str
    today: date
    calendars: Calendars
    calendar: Calendar


def under_way(work: Under, state: Item, pace: Pace, usual: float | None) -> tuple[date, Because]:
    """The day on which open work is foreseen to be done, and why not sooner.

    It is its due day or, where past cases say how long such work takes, so long after it began. What is overdue takes
    as long again as it has been overdue: the longer it has waited, the longer it will. Silence that counts ends it.
    """
    day, because = _by_its_owner(work, state, pace, usual)
    silence = silence_counts(work.plan, work.case, work.item, state, work.calendars)
    return (day, because) if silence is None else (min(day, max(london_day(silence), work.today)), because)


def _by_its_owner(work: Under, state: Item, pace: Pace, usual: float | None) -> tuple[date, Because]:
    today, calendar = work.today, work.calendar
    opened = state.opened or today
    if state.due is None:
        begun = later(calendar, opened, round(usual or 0))
        return later(calendar, today, pace.days(max(0, working_days(calendar, today, begun)))), Because.SOONEST
    due = _own_day(state.due, opened, calendar)
    if due < today:
        overdue = max(1, working_days(calendar, due, today))
        return later(calendar, today, max(1, pace.days(overdue))), Because.OVERDUE
    by_habit = later(calendar, opened, round(usual)) if usual is not None else due
    foreseen = by_habit if today < by_habit else due
    return later(calendar, today, pace.days(working_days(calendar, today, foreseen))), Because.DUE


def _own_day(due: date, opened: date, calendar: Calendar) -> date:
    """The due day; of work that could begin only after it, the working day after it began."""
    return due if opened <= due else later(calendar, opened, 1)
