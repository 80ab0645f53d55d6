"""In whose days something of a case, and the rungs of its ladder, are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.timing.standstills import standstills
from reviewflow.language.model import OF_THE_STEP
from reviewflow.language.structure.calendars import CHOSEN, Stated, WhoseDays


def counted_in(plan: Plan, case: Case, name: str) -> WhoseDays:
    """The calendar in which the days of a date, a step or a limit are counted, and where it is stated."""
    nearest = plan.whose_days(name)
    limit_of_its_process = name in plan.limits and nearest.stated is Stated.BY_THE_PROCESS
    if limit_of_its_process and not edition.limits_count_in_the_nearest_calendar(case):
        return WhoseDays(OFFICE, Stated.NOWHERE)
    if nearest.calendar == CHOSEN and case.calendar:
        return WhoseDays(case.calendar, Stated.FOR_THE_CASE)
    return nearest


def days_of_process(plan: Plan, case: Case, calendars: Calendars) -> Calendar:
    """The calendar in which a case counts what names none of its own, such as the reviews of its holds."""
    own = plan.own_calendar
    return calendars[(case.calendar or OFFICE) if own == CHOSEN else own]


def days_of(plan: Plan, case: Case, item: str, calendars: Calendars) -> Calendar:
    """The calendar in which the days of an item are counted, also those that are left or that it is overdue.

    The days on which its clock stood still are not worked in it.
    """
    name = step_of(item)
    calendar = calendars[counted_in(plan, case, name).calendar]
    if name not in plan.standstills_of:
        return calendar
    still = tuple(
        (day, plan.stands_still[each.name].title) for each in standstills(plan, case, item) for day in each.days
    )
    return _without(calendar, still) if still else calendar


@lru_cache(maxsize=64)
def _without(calendar: Calendar, still: tuple[tuple[date, str], ...]) -> Calendar:
    return replace(calendar, closed={**dict(still), **calendar.closed})


def days_of_ladder(plan: Plan, case: Case, item: str, calendars: Calendars) -> Calendars:
    """What the rungs of an item's ladder are counted in, under the office's name: the days on which they may fall.

    A ladder with a calendar of its own counts the days on which both that and the office work.
    """
    ladder = plan.ladder(step_of(item))
    if ladder is None or ladder.calendar is None:
        return calendars
    of_the_step = ladder.calendar == OF_THE_STEP
    own = days_of(plan, case, item, calendars) if of_the_step else calendars[ladder.calendar]
    return {OFFICE: _both(own, calendars[OFFICE])}


@lru_cache(maxsize=16)
def _both(one: Calendar, other: Calendar) -> Calendar:
    """The days that are worked in both."""
    return replace(one, closed={**other.closed, **one.closed})
