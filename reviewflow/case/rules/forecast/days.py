"""Days counted on in a calendar, up to its end: a forecast never fails because a day lies beyond it."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendar, CalendarHorizonError


def later(calendar: Calendar, day: date, number: int) -> date:
    """The day so many working days later, itself a working day; the last that the calendar covers if it ends before."""
    try:
        return calendar.on_or_after(calendar.add_working_days(day, number))
    except CalendarHorizonError:
        return max(day, calendar.last_day)


def working_days(calendar: Calendar, start: date, end: date) -> int:
    """The working days after one day up to another, of those that the calendar covers; negative from the later one."""
    try:
        return calendar.working_days_between(start, end)
    except CalendarHorizonError:
        first, last = calendar.first_day, calendar.last_day
        return calendar.working_days_between(min(max(start, first), last), min(max(end, first), last))


def worked_day(calendar: Calendar, day: date) -> date:
    """The day itself when it is worked, else the next that is."""
    return later(calendar, day, 0)


def counted_on(calendar: Calendar, day: date, number: int) -> date:
    """The day so many working days later, or earlier; the day itself, or the next that is worked, for none."""
    if number >= 0:
        return later(calendar, day, number)
    try:
        return calendar.add_working_days(day, number)
    except CalendarHorizonError:
        return min(day, calendar.first_day)
