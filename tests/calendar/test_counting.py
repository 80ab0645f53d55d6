"""The day that lies so long after or before another: examples, and what must hold of every one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewflow.calendar import CalendarHorizonError, Landing, Span, Unit, due_on, shift
from tests.calendar.builders import (
    PLAIN,
    calendar,
    calendars,
    middle,
    some_days,
    units,
)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 4, 2), Span(3, Unit.DAYS), date(2026, 4, 5)),
        (date(2026, 4, 2), Span(2, Unit.WEEKS), date(2026, 4, 16)),
        (date(2026, 4, 4), Span(0, Unit.WORKING_DAYS), date(2026, 4, 4)),
        (date(2028, 1, 31), Span(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2027, 1, 31), Span(1, Unit.MONTHS), date(2027, 2, 28)),
        (date(2028, 2, 29), Span(12, Unit.MONTHS), date(2029, 2, 28)),
        (date(2028, 2, 29), Span(48, Unit.MONTHS), date(2032, 2, 29)),
        (date(2026, 12, 15), Span(1, Unit.MONTHS), date(2027, 1, 15)),
    ],
)
def test_shift(start, span, end):
    assert shift(start, span, calendar()) == end


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 4, 7), Span(1, Unit.WORKING_DAYS), date(2026, 4, 2)),
        (date(2026, 4, 2), Span(3, Unit.DAYS), date(2026, 3, 30)),
        (date(2026, 4, 2), Span(2, Unit.WEEKS), date(2026, 3, 19)),
        (date(2028, 3, 31), Span(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2026, 1, 31), Span(2, Unit.MONTHS), date(2025, 11, 30)),
    ],
)
def test_shift_backwards(start, span, end):
    assert shift(start, span, calendar(), before=True) == end


def test_hours_are_not_counted_from_a_day():
    with pytest.raises(ValueError, match="72 hours cannot be counted from a day"):
        shift(date(2026, 4, 2), Span(72, Unit.HOURS), calendar())


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_a_day_that_cannot_be_written_is_refused(unit):
    with pytest.raises(CalendarHorizonError, match=f"1 {unit[:-1]} after .* is not a date that can be written"):
        shift(date.max, Span(1, unit), calendar())
    with pytest.raises(CalendarHorizonError, match=f"1 {unit[:-1]} before .* is not a date that can be written"):
        shift(date.min, Span(1, unit), calendar(), before=True)


@pytest.mark.parametrize(
    ("unit", "end"),
    [(Unit.DAYS, date(2028, 1, 12)), (Unit.WEEKS, date(2028, 3, 24)), (Unit.MONTHS, date(2028, 12, 31))],
)
def test_only_working_days_need_the_calendar_to_cover_them(unit, end):
    assert shift(date(2027, 12, 31), Span(12, unit), calendar()) == end
    assert not calendar().covers(end)


@given(some_days, st.integers(0, 600), st.booleans())
@example(date(2028, 2, 29), 12, False)
@example(date(2028, 2, 29), 48, False)
@example(date(2027, 8, 31), 6, False)
@example(date(2028, 3, 31), 1, True)
def test_months_give_the_corresponding_date_or_the_last_of_the_month(day, months, before):
    end = shift(day, Span(months, Unit.MONTHS), PLAIN, before=before)
    passed = (end.year - day.year) * 12 + end.month - day.month
    assert passed == (-months if before else months)
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@given(some_days, some_days, st.integers(0, 600), st.booleans())
def test_months_keep_the_order(one, other, months, before):
    first, second = sorted((one, other))
    span = Span(months, Unit.MONTHS)
    assert shift(first, span, PLAIN, before=before) <= shift(second, span, PLAIN, before=before)


@given(some_days, st.integers(0, 600))
def test_months_on_and_back_lose_at_most_the_end_of_a_long_month(day, months):
    span = Span(months, Unit.MONTHS)
    back = shift(shift(day, span, PLAIN), span, PLAIN, before=True)
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day == day.day or 28 <= back.day < day.day


@given(some_days, st.integers(0, 500))
def test_a_week_is_seven_days(day, weeks):
    assert shift(day, Span(weeks, Unit.WEEKS), PLAIN) == shift(day, Span(weeks * 7, Unit.DAYS), PLAIN)


@given(calendars(), middle, st.integers(0, 12), units, st.booleans())
def test_backwards_is_forwards_with_a_negative_amount(calendar, day, amount, unit, before):
    there = shift(day, Span(amount, unit), calendar, before=before)
    assert there == shift(day, Span(-amount, unit), calendar, before=not before)


@pytest.mark.parametrize(
    ("landing", "day"),
    [
        (Landing.AS_IT_FALLS, date(2026, 4, 3)),
        (Landing.PREVIOUS, date(2026, 4, 2)),
        (Landing.NEXT, date(2026, 4, 7)),
    ],
)
def test_a_due_day_is_moved_to_a_working_day_only_where_that_is_said(landing, day):
    good_friday = date(2026, 4, 3)
    assert due_on(good_friday, None, calendar(), landing=landing) == day
    assert due_on(date(2026, 3, 27), Span(1, Unit.WEEKS), calendar(), landing=landing) == day
    assert due_on(date(2026, 5, 3), Span(1, Unit.MONTHS), calendar(), before=True, landing=landing) == day
