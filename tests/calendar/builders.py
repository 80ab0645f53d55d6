"""Calendars for tests: a small one, and any pattern of closed days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from reviewflow.calendar import Calendar, Unit

EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}


def calendar(closed=EASTER, first_year=2026, last_year=2027):
    return Calendar("test", closed, first_year=first_year, last_year=last_year, proclaimed_until=date(2026, 12, 31))


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


PLAIN = Calendar("plain", {}, first_year=2026, last_year=2028, proclaimed_until=LAST)

some_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))

units = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS])
