"""Hours of working days: from midnight to midnight of the days that a calendar counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit
from reviewflow.case.rules.timing.hours import counted_hours
from reviewflow.london import LONDON
from tests.calendar.builders import calendar

BANK_HOLIDAYS = calendar()
"""Good Friday is 3 April 2026, Easter Monday the 6th."""


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-05-21 15:30", 24, "2026-05-22 15:30"),
        ("2026-05-22 15:30", 24, "2026-05-25 15:30"),
        ("2026-04-02 09:00", 30, "2026-04-07 15:00"),
        ("2026-05-23 11:00", 24, "2026-05-25 23:59"),
        ("2026-05-23 11:00", 25, "2026-05-26 01:00"),
        ("2026-05-22 00:00", 48, "2026-05-25 23:59"),
        ("2026-05-22 15:30", 0, "2026-05-22 15:30"),
        ("2026-03-27 12:00", 24, "2026-03-30 12:00"),
    ],
)
def test_so_many_hours_after(start: str, hours: int, end: str) -> None:
    assert counted_hours(london(start), Span(hours, Unit.WORKING_HOURS), BANK_HOLIDAYS, before=False) == london(end)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-05-25 15:30", 24, "2026-05-22 15:30"),
        ("2026-05-23 11:00", 24, "2026-05-22 00:00"),
        ("2026-04-07 06:00", 12, "2026-04-02 18:00"),
    ],
)
def test_so_many_hours_before(start: str, hours: int, end: str) -> None:
    assert counted_hours(london(start), Span(hours, Unit.WORKING_HOURS), BANK_HOLIDAYS, before=True) == london(end)


def _minutes(moment: datetime) -> int:
    """Minutes of working days up to a moment: the last of a Friday is the one before the first of a Monday."""
    day = moment.date()
    return BANK_HOLIDAYS.working_days_between(date(2026, 1, 1), day) * 24 * 60 + moment.hour * 60 + moment.minute


@example(datetime(2027, 1, 6, 6, 0, 1, tzinfo=UTC), 106, 200)
@given(
    st.datetimes(datetime(2026, 2, 1), datetime(2027, 2, 1), timezones=st.just(UTC)),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_hours_add_up_and_end_on_a_working_day(start: datetime, first: int, then: int) -> None:
    def after(moment: datetime, hours: int) -> datetime:
        return counted_hours(moment, Span(hours, Unit.WORKING_HOURS), BANK_HOLIDAYS, before=False)

    once, twice = after(start, first + then), after(after(start, first), then)
    assert abs(_minutes(once) - _minutes(twice)) <= 1
    assert BANK_HOLIDAYS.is_working_day(once.date())
    assert once >= start.replace(second=0, microsecond=0) + timedelta(hours=first + then, minutes=-1) or not first
