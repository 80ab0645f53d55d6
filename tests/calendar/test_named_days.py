"""Days that are named by the week or the month: examples, and what must hold of every one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import CalendarHorizonError, Landing, Month, NamedDay, due_on, explain, shift
from reviewflow.calendar.named_days import DAY, LAST, WEEKDAYS, WORKING_DAY
from tests.calendar.builders import calendar, calendars, middle

GOOD_FRIDAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("start", "named", "day"),
    [
        (date(2026, 5, 5), NamedDay(1, "Wednesday"), date(2026, 5, 6)),
        (date(2026, 5, 6), NamedDay(1, "Wednesday"), date(2026, 5, 13)),
        (date(2026, 5, 6), NamedDay(3, "Wednesday"), date(2026, 5, 27)),
        (date(2026, 5, 5), NamedDay(LAST, WORKING_DAY, Month.SAME), date(2026, 5, 29)),
        (date(2026, 5, 30), NamedDay(LAST, WORKING_DAY, Month.SAME), date(2026, 5, 29)),
        (date(2026, 3, 31), NamedDay(3, WORKING_DAY, Month.NEXT), date(2026, 4, 7)),
        (date(2026, 1, 31), NamedDay(LAST, DAY, Month.NEXT), date(2026, 2, 28)),
        (date(2026, 12, 31), NamedDay(2, "Tuesday", Month.NEXT), date(2027, 1, 12)),
        (date(2026, 5, 13), NamedDay(2, "Thursday", Month.ANY), date(2026, 5, 14)),
        (date(2026, 5, 14), NamedDay(2, "Thursday", Month.ANY), date(2026, 6, 11)),
        (date(2026, 5, 31), NamedDay(LAST, "Sunday", Month.ANY), date(2026, 6, 28)),
    ],
)
def test_a_named_day(start, named, day):
    assert shift(start, named, calendar()) == day


@pytest.mark.parametrize(("start", "day"), [(date(2026, 5, 8), date(2026, 5, 1)), (date(2026, 5, 9), date(2026, 5, 8))])
def test_the_last_friday_before(start, day):
    assert shift(start, NamedDay(LAST, "Friday"), calendar(), before=True) == day


def test_a_weekday_that_is_no_working_day_is_moved_only_where_that_is_said():
    friday = NamedDay(1, "Friday")
    assert due_on(date(2026, 4, 1), friday, calendar()) == GOOD_FRIDAY
    assert due_on(date(2026, 4, 1), friday, calendar(), landing=Landing.NEXT) == date(2026, 4, 7)


def test_a_month_without_a_working_day_gives_that_of_the_next_month():
    august = {date(2026, 8, 1) + timedelta(days=number): "School holidays" for number in range(31)}
    assert shift(date(2026, 7, 20), NamedDay(1, WORKING_DAY, Month.NEXT), calendar(august)) == date(2026, 9, 1)
    assert shift(date(2026, 8, 20), NamedDay(LAST, WORKING_DAY, Month.SAME), calendar(august)) == date(2026, 9, 30)


def test_a_month_that_the_calendar_does_not_cover_is_refused():
    with pytest.raises(CalendarHorizonError, match="covers the years 2026 to 2027"):
        shift(date(2027, 12, 20), NamedDay(1, WORKING_DAY, Month.NEXT), calendar())
    with pytest.raises(CalendarHorizonError, match="not a date that can be written"):
        shift(date.max, NamedDay(1, "Monday"), calendar())


def test_how_it_is_explained():
    assert explain(date(2026, 5, 5), NamedDay(1, "Friday"), calendar()) == [
        (date(2026, 5, 5), "the day itself is not counted"),
        (date(2026, 5, 8), "the first Friday"),
    ]
    assert explain(date(2026, 5, 5), NamedDay(LAST, WORKING_DAY, Month.SAME), calendar()) == [
        (date(2026, 5, 29), "the last working day of the month of 2026-05-05")
    ]


@given(middle, st.sampled_from(WEEKDAYS), st.integers(1, 5), calendars())
def test_a_weekday_is_that_day_of_the_week_so_many_weeks_on(start, kind, number, any_calendar):
    found = shift(start, NamedDay(number, kind), any_calendar)
    assert WEEKDAYS[found.weekday()] == kind
    assert timedelta(days=7 * (number - 1)) < found - start <= timedelta(days=7 * number)


@given(middle, st.sampled_from(WEEKDAYS), st.sampled_from([1, 2, 3, 4, LAST]))
def test_what_comes_each_month_is_the_first_such_day_ahead(start, kind, number):
    found = shift(start, NamedDay(number, kind, Month.ANY), calendar(last_year=2028))
    assert found > start
    assert found == shift(found, NamedDay(number, kind, Month.SAME), calendar(last_year=2028))
    assert all(
        shift(start + timedelta(days=ahead), NamedDay(number, kind, Month.ANY), calendar(last_year=2028)) == found
        for ahead in range((found - start).days)
    )
