"""What must hold of every calendar, whatever its closed days."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reviewflow.calendar import Calendar, CalendarHorizonError, Span, Unit, explain, shift

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DAY = timedelta(days=1)

days = st.dates(FIRST, LAST)
middle = st.dates(date(2027, 1, 1), date(2027, 12, 31))  # from where 60 working days never leave the calendar
counts = st.integers(-60, 60)
positive = st.integers(1, 60)


PERIOD = 61  # no multiple of a week, so that the pattern falls on every weekday


@st.composite
def calendars(draw):
    """Any pattern of closed days, from none to a shutdown without end, over and over through the middle year."""
    pattern = draw(st.integers(0, 2**PERIOD - 1))
    closed = {date(2027, 1, 1) + DAY * n: "closed" for n in range(365) if pattern >> n % PERIOD & 1}
    return Calendar("any", closed, first_year=FIRST.year, last_year=LAST.year, proclaimed_until=LAST)


def is_open(calendar, day):
    return day.weekday() < 5 and day not in calendar.closed


def counted_by_hand(calendar, day, n):
    """The oracle: one finger on a wall calendar."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not is_open(calendar, day):
            day += step
    return day


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


PLAIN = Calendar("plain", {}, first_year=2026, last_year=2028, proclaimed_until=LAST)
some_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
units = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS])


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


@given(calendars(), middle, st.integers(0, 12), units, st.booleans())
def test_an_explanation_ends_where_the_count_does(calendar, day, amount, unit, before):
    lines = explain(day, Span(amount, unit), calendar, before=before)
    assert lines[0][0] == day
    assert lines[-1][0] == shift(day, Span(amount, unit), calendar, before=before)


@given(calendars(), middle, st.integers(1, 20), st.booleans())
def test_an_explanation_accounts_for_every_day(calendar, day, amount, before):
    lines = explain(day, Span(amount, Unit.WORKING_DAYS), calendar, before=before)[1:]
    step = -DAY if before else DAY
    assert [each for each, _ in lines] == [day + step * number for number in range(1, len(lines) + 1)]
    counted = [said for _, said in lines if not said.startswith("not counted: ")]
    assert counted == [f"working day {number}" for number in range(1, amount + 1)]
    assert all(said.startswith("not counted: ") is not is_open(calendar, each) for each, said in lines)
