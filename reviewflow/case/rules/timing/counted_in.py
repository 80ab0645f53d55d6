"""In whose days something of a case is counted."""

from __future__ import annotations

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.language.structure.calendars import Stated, WhoseDays


def counted_in(plan: Plan, case: Case, name: str) -> WhoseDays:
    """The calendar in which the days of a date, a step or a limit are counted, and where it is stated."""
    nearest = plan.whose_days(name)
    limit_of_its_process = name in plan.limits and nearest.stated is Stated.BY_THE_PROCESS
    if limit_of_its_process and not edition.limits_count_in_the_nearest_calendar(case):
        return WhoseDays(OFFICE, Stated.NOWHERE)
    return nearest


def days_of(plan: Plan, case: Case, item: str, calendars: Calendars) -> Calendar:
    """The calendar in which the days of an item are counted, also those that are left or that it is overdue."""
    return calendars[counted_in(plan, case, step_of(item)).calendar]
