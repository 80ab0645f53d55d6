"""How a count is explained: line by line, ending on the day that it gives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit, explain, shift
from tests.calendar.builders import (
    DAY,
    calendar,
    calendars,
    is_open,
    middle,
    units,
)

SATURDAY = "(Saturday; the working day before is Friday 27 February 2026)"

PROVISIONAL = "provisional: bank holidays after Thursday 31 December 2026 are not yet proclaimed"


def test_explaining_working_days_counts_each_day():
    assert explain(date(2026, 4, 2), Span(2, Unit.WORKING_DAYS), calendar()) == [
        (date(2026, 4, 2), "the day itself is not counted"),
        (date(2026, 4, 3), "not counted: Good Friday"),
        (date(2026, 4, 4), "not counted: Saturday"),
        (date(2026, 4, 5), "not counted: Sunday"),
        (date(2026, 4, 6), "not counted: Easter Monday"),
        (date(2026, 4, 7), "working day 1"),
        (date(2026, 4, 8), "working day 2"),
    ]


def test_explaining_clear_days_says_that_neither_end_counts():
    assert explain(date(2026, 5, 8), Span(1, Unit.WORKING_DAYS, clear=True), calendar()) == [
        (date(2026, 5, 8), "the day itself is not counted"),
        (date(2026, 5, 9), "not counted: Saturday"),
        (date(2026, 5, 10), "not counted: Sunday"),
        (date(2026, 5, 11), "clear working day 1"),
        (date(2026, 5, 12), "1 clear working day lies between, and neither end is counted"),
    ]


def test_explaining_working_days_backwards():
    assert explain(date(2026, 4, 7), Span(1, Unit.WORKING_DAYS), calendar(), before=True) == [
        (date(2026, 4, 7), "the day itself is not counted"),
        (date(2026, 4, 6), "not counted: Easter Monday"),
        (date(2026, 4, 5), "not counted: Sunday"),
        (date(2026, 4, 4), "not counted: Saturday"),
        (date(2026, 4, 3), "not counted: Good Friday"),
        (date(2026, 4, 2), "working day 1"),
    ]


@pytest.mark.parametrize(
    ("start", "span", "before", "end", "said"),
    [
        (
            date(2026, 5, 26),
            Span(6, Unit.MONTHS),
            False,
            date(2026, 11, 26),
            "6 months later, the same day of the month",
        ),
        (
            date(2026, 3, 31),
            Span(1, Unit.MONTHS),
            True,
            date(2026, 2, 28),
            f"1 month earlier: February 2026 has no day 31, so its last day {SATURDAY}",
        ),
        (
            date(2026, 3, 20),
            Span(2, Unit.WEEKS),
            False,
            date(2026, 4, 3),
            "2 weeks later (Good Friday; the working day before is Thursday 2 April 2026)",
        ),
        (
            date(2026, 12, 30),
            Span(2, Unit.DAYS),
            False,
            date(2027, 1, 1),
            f"2 days later; {PROVISIONAL}",
        ),
        (
            date(2026, 12, 30),
            Span(24, Unit.MONTHS),
            False,
            date(2028, 12, 30),
            f"24 months later, the same day of the month; {PROVISIONAL}",
        ),
    ],
)
def test_explaining_other_units_in_a_sentence(start, span, before, end, said):
    lines = explain(start, span, calendar(), before=before)
    assert lines == [(start, "the day itself is not counted"), (end, said)]


@pytest.mark.parametrize("unit", [Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS])
def test_explaining_nothing_is_the_day_itself(unit):
    day = date(2026, 4, 4)
    assert explain(day, Span(0, unit), calendar()) == [(day, f"0 {unit}: the day itself")]


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
