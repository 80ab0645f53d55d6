"""Which days are worked, and what must hold of every calendar, whatever its closed days."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewflow.calendar import Calendar, CalendarHorizonError, in_words
from tests.calendar.builders import (
    DAY,
    EASTER,
    FIRST,
    LAST,
    calendar,
    calendars,
    counts,
    days,
    is_open,
    middle,
    positive,
)


def counted_by_hand(calendar, day, n):
    """The oracle: one finger on a wall calendar."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not is_open(calendar, day):
            day += step
    return day


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 2), None),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 1, 1), None),
        (date(2027, 12, 31), None),
    ],
)
def test_why_a_day_is_closed(day, why):
    assert calendar().closed_because(day) == why
    assert calendar().is_working_day(day) is (why is None)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 4, 2), date(2026, 4, 2), date(2026, 4, 2)),
        (date(2026, 4, 3), date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 4, 5), date(2026, 4, 2), date(2026, 4, 7)),
    ],
)
def test_the_nearest_working_day(day, before, after):
    assert calendar().on_or_before(day) == before
    assert calendar().on_or_after(day) == after


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 4, 2), date(2026, 4, 2), 0),
        (date(2026, 4, 2), date(2026, 4, 6), 0),
        (date(2026, 4, 2), date(2026, 4, 7), 1),
        (date(2026, 4, 7), date(2026, 4, 2), -1),
        (date(2026, 4, 4), date(2026, 4, 2), 0),
    ],
)
def test_working_days_between(start, end, days):
    assert calendar().working_days_between(start, end) == days


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1), date(2206, 4, 2)])
@pytest.mark.parametrize(
    "ask",
    [
        Calendar.is_working_day,
        Calendar.closed_because,
        Calendar.on_or_before,
        Calendar.on_or_after,
        lambda calendar, day: calendar.add_working_days(day, 1),
        lambda calendar, day: calendar.working_days_between(date(2026, 4, 2), day),
        lambda calendar, day: calendar.working_days_between(day, date(2026, 4, 2)),
    ],
    ids=["is_working_day", "closed_because", "on_or_before", "on_or_after", "add", "between to", "between from"],
)
def test_a_day_outside_the_calendar_is_refused(ask, day):
    assert not calendar().covers(day)
    with pytest.raises(CalendarHorizonError) as refused:
        ask(calendar(), day)
    assert str(refused.value) == (
        f"{in_words(day)} is outside the test calendar, which covers the years 2026 to 2027. Check the year."
    )


@pytest.mark.parametrize(
    ("day", "n", "message"),
    [
        (
            date(2027, 12, 30),
            2,
            "Counting 2 working days on from Thursday 30 December 2027 leaves the test calendar",
        ),
        (
            date(2026, 1, 2),
            -2,
            "Counting 2 working days back from Friday 2 January 2026 leaves the test calendar",
        ),
    ],
)
def test_counting_out_of_the_calendar_is_refused(day, n, message):
    counted = calendar()
    nearest = n - 1 if n > 0 else n + 1
    assert counted.is_working_day(counted.add_working_days(day, nearest))
    with pytest.raises(CalendarHorizonError) as refused:
        counted.add_working_days(day, n)
    assert str(refused.value) == f"{message}, which covers the years 2026 to 2027."


def test_a_calendar_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="The test calendar ends in 2025, before it begins"):
        calendar(first_year=2026, last_year=2025)


def test_calendars_that_count_alike_are_equal():
    assert calendar() == calendar({**EASTER, date(2099, 4, 3): "beyond the years covered"})
    assert hash(calendar()) == hash(calendar())
    assert calendar() != calendar({})
    assert pickle.loads(pickle.dumps(calendar())) == calendar()


def test_a_calendar_keeps_its_own_copy_of_the_closed_days():
    closed = dict(EASTER)
    kept = calendar(closed)
    closed.clear()
    assert kept.closed_because(date(2026, 4, 3)) == "Good Friday"


def test_what_lies_beyond_the_published_holidays_is_provisional():
    assert not calendar().is_provisional(date(2026, 12, 31))
    assert calendar().is_provisional(date(2027, 1, 1))


@given(calendars(), middle, counts)
def test_adding_agrees_with_counting_by_hand(calendar, day, n):
    assert calendar.add_working_days(day, n) == counted_by_hand(calendar, day, n)


@given(calendars(), days)
def test_a_day_is_worked_unless_it_is_a_weekend_or_closed(calendar, day):
    assert calendar.is_working_day(day) is is_open(calendar, day)
    assert (calendar.closed_because(day) is None) is is_open(calendar, day)


@given(calendars(), middle, counts)
def test_counting_never_lands_on_a_closed_day(calendar, day, n):
    assume(n != 0)
    assert calendar.is_working_day(calendar.add_working_days(day, n))


@given(calendars(), middle, st.integers(1, 30))
def test_on_and_back_again_is_the_working_day_where_it_began(calendar, day, n):
    there = calendar.add_working_days(day, n)
    assert calendar.add_working_days(there, -n) == calendar.on_or_before(day)
    back = calendar.add_working_days(day, -n)
    assert calendar.add_working_days(back, n) == calendar.on_or_after(day)


@given(calendars(), middle, middle, counts)
def test_an_earlier_start_never_ends_later(calendar, one, other, n):
    first, second = sorted((one, other))
    assert calendar.add_working_days(first, n) <= calendar.add_working_days(second, n)


@given(calendars(), middle, st.integers(1, 30), st.integers(1, 30))
def test_counting_in_two_goes_is_counting_in_one(calendar, day, m, n):
    halfway = calendar.add_working_days(day, m)
    assert calendar.add_working_days(halfway, n) == calendar.add_working_days(day, m + n)


@given(calendars(), middle, positive)
def test_between_undoes_adding(calendar, day, n):
    assert calendar.working_days_between(day, calendar.add_working_days(day, n)) == n
    worked = calendar.on_or_after(day)
    assert calendar.working_days_between(worked, calendar.add_working_days(worked, -n)) == -n


@given(calendars(), days, days)
def test_between_agrees_with_counting_by_hand(calendar, one, other):
    start, end = sorted((one, other))
    by_hand = sum(is_open(calendar, start + DAY * n) for n in range(1, (end - start).days + 1))
    assert calendar.working_days_between(start, end) == by_hand
    assert calendar.working_days_between(end, start) == -by_hand


@given(calendars(), days, days, days)
def test_between_adds_up_over_any_day_between(calendar, a, b, c):
    whole = calendar.working_days_between(a, c)
    assert whole == calendar.working_days_between(a, b) + calendar.working_days_between(b, c)


@given(calendars(), middle)
def test_the_nearest_working_days_enclose_the_day(calendar, day):
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert (before == day) is (after == day) is calendar.is_working_day(day)
    assert calendar.working_days_between(before, after) == (0 if before == after else 1)


@given(calendars(), middle, positive, days)
def test_another_closed_day_never_brings_a_date_forward(calendar, day, n, another):
    stricter = Calendar(
        "any",
        {**calendar.closed, another: "proclaimed"},
        first_year=FIRST.year,
        last_year=LAST.year,
        proclaimed_until=LAST,
    )
    assert stricter.add_working_days(day, n) >= calendar.add_working_days(day, n)
    assert stricter.add_working_days(day, -n) <= calendar.add_working_days(day, -n)


@given(calendars(), days, st.integers(-2000, 2000))
def test_counting_answers_or_names_the_horizon(calendar, day, n):
    worked = [FIRST + DAY * k for k in range((LAST - FIRST).days + 1) if is_open(calendar, FIRST + DAY * k)]
    room = sum(each > day for each in worked) if n > 0 else sum(each < day for each in worked)
    if abs(n) <= room:
        assert calendar.covers(calendar.add_working_days(day, n))
    else:
        with pytest.raises(CalendarHorizonError):
            calendar.add_working_days(day, n)
