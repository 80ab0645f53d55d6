"""The day that lies so many days, working days, weeks or months after or before another."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from reviewflow.calendar.named_days import NamedDay
from reviewflow.calendar.spans import Span, Unit
from reviewflow.calendar.working_days import Calendar, CalendarHorizonError, in_words


class Landing(StrEnum):
    """What becomes of a counted day that is no working day."""

    AS_IT_FALLS = "as it falls"
    PREVIOUS = "previous"
    NEXT = "next"


def due_on(
    day: date,
    span: Span | NamedDay | None,
    calendar: Calendar,
    *,
    before: bool = False,
    landing: Landing = Landing.AS_IT_FALLS,
) -> date:
    """The day that a due rule gives from the day that it counts from: `shift`, then moved to a working day.

    Without a span it is that day itself. A national limit is never moved: the guidance rolls none of them forward, so
    it keeps the day on which it falls. Raises CalendarHorizonError, and ValueError for hours.
    """
    counted = day if span is None else shift(day, span, calendar, before=before)
    match landing:
        case Landing.AS_IT_FALLS:
            return counted
        case Landing.PREVIOUS:
            return calendar.on_or_before(counted)
        case Landing.NEXT:
            return calendar.on_or_after(counted)


def shift(day: date, span: Span | NamedDay, calendar: Calendar, *, before: bool = False) -> date:
    """The day that lies a span after (or before) another, which is itself not counted, or that is named from it.

    Only working days need the calendar to cover both. Raises CalendarHorizonError, and ValueError for hours.
    """
    try:
        return _shifted(day, span, calendar, before=before)
    except OverflowError as error:
        way = "before" if before else "after"
        raise CalendarHorizonError(f"{span} {way} {in_words(day)} is not a date that can be written.") from error


def _shifted(day: date, span: Span | NamedDay, calendar: Calendar, *, before: bool) -> date:
    if isinstance(span, NamedDay):
        return span.seen_from(day, calendar, before=before)
    amount = -span.counted if before else span.counted
    match span.unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(day, amount)
        case Unit.DAYS:
            return day + timedelta(days=amount)
        case Unit.WEEKS:
            return day + timedelta(weeks=amount)
        case Unit.MONTHS:
            return _corresponding_date(day, amount)
        case Unit.HOURS | Unit.WORKING_HOURS:
            raise ValueError(f"{span} cannot be counted from a day: hours run from a time of day.")
        case _:
            assert_never(span.unit)


def _corresponding_date(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is too short (Interpretation Act 1978, Sch 1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
