"""Days, working days and months, counted as English law counts them: the day of the event is not counted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

OFFICE = "office"
"""The partnership's own calendar: England's bank holidays and the days on which the office is closed."""
PUBLISHED = ("england", "wales", "scotland", "northern_ireland", "uk_any")
"""The calendars of bank holidays."""
WEEKEND = {5: "Saturday", 6: "Sunday"}


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, as a person says it: 15 working days. Of clear days neither end counts."""

    amount: int
    unit: Unit
    clear: bool = False

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.amount == 1 else self.unit
        return f"{self.amount} {'clear ' if self.clear else ''}{unit}"

    @property
    def counted(self) -> int:
        """How many days on the answer lies: one more for clear days, which count neither end."""
        return self.amount + self.clear


class Landing(StrEnum):
    """What becomes of a counted day that is no working day."""

    AS_IT_FALLS = "as it falls"
    PREVIOUS = "previous"
    NEXT = "next"


def landed(day: date, landing: Landing, calendar: Calendar) -> date:
    """The day itself, or the working day before or after it when it is none."""
    match landing:
        case Landing.AS_IT_FALLS:
            return day
        case Landing.PREVIOUS:
            return calendar.on_or_before(day)
        case Landing.NEXT:
            return calendar.on_or_after(day)


class CalendarHorizonError(ValueError):
    """A day that the calendar knows nothing about: most often a year that was mistyped."""


def in_words(day: date) -> str:
    """'Friday 2 April 2027'."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked in one place, from the first of January of one year to the end of another.

    `closed` has the weekdays that are not worked and why; Saturdays and Sundays never are. Two calendars that
    count alike are equal.
    """

    name: str
    closed: Mapping[date, str] = field(hash=False, repr=False)
    first_year: int = field(kw_only=True)
    last_year: int = field(kw_only=True)
    proclaimed_until: date = field(kw_only=True)
    _start: int = field(init=False, repr=False, compare=False)
    # _before[i]: how many working days come before the i-th day covered, with one entry more at the end.
    # _working: the working days themselves. So counting on by any number is one look-up in each.
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _working: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.last_year < self.first_year:
            raise ValueError(f"The {self.name} calendar ends in {self.last_year}, before it begins.")
        closed = {day: why for day, why in self.closed.items() if self.first_year <= day.year <= self.last_year}
        start = date(self.first_year, 1, 1).toordinal()
        before, working = _index(closed, start, date(self.last_year, 12, 31).toordinal())
        values = {"closed": closed, "_start": start, "_before": before, "_working": working}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def first_day(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.last_year, 12, 31)

    def covers(self, day: date) -> bool:
        return self.first_year <= day.year <= self.last_year

    def is_working_day(self, day: date) -> bool:
        place = self._place(day)
        return self._before[place] != self._before[place + 1]

    def closed_because(self, day: date) -> str | None:
        """'Saturday', 'Good Friday', 'Council closed'; None on a working day."""
        self._place(day)
        return WEEKEND.get(day.weekday()) or self.closed.get(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after the day, which is itself not counted; a negative n counts back."""
        if n == 0:
            return day
        place = self._place(day)
        position = self._before[place] + n if n < 0 else self._before[place + 1] + n - 1
        if not 0 <= position < len(self._working):
            way = "back" if n < 0 else "on"
            counted = f"Counting {abs(n)} working days {way} from {in_words(day)}"
            raise CalendarHorizonError(f"{counted} leaves the {self.name} calendar, which {self._cover()}.")
        return self._working[position]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days there are after the start, up to and with the end.

        The other way round it is the same number, negative: so many working days late.
        """
        return self._before[self._place(end) + 1] - self._before[self._place(start) + 1]

    def on_or_before(self, day: date) -> date:
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def on_or_after(self, day: date) -> date:
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def is_provisional(self, day: date) -> bool:
        """Whether bank holidays may still be proclaimed or moved by then."""
        return day > self.proclaimed_until

    def _place(self, day: date) -> int:
        place = day.toordinal() - self._start
        if not 0 <= place < len(self._before) - 1:
            raise CalendarHorizonError(
                f"{in_words(day)} is outside the {self.name} calendar, which {self._cover()}. Check the year."
            )
        return place

    def _cover(self) -> str:
        return f"covers the years {self.first_year} to {self.last_year}"


Calendars = Mapping[str, Calendar]


def _index(closed: Mapping[date, str], start: int, end: int) -> tuple[tuple[int, ...], tuple[date, ...]]:
    before: list[int] = []
    working: list[date] = []
    for ordinal in range(start, end + 1):
        before.append(len(working))
        day = date.fromordinal(ordinal)
        if day.weekday() not in WEEKEND and day not in closed:
            working.append(day)
    return (*before, len(working)), tuple(working)


def shift(day: date, span: Span, calendar: Calendar, *, before: bool = False) -> date:
    """The day that lies a span after (or before) another; only working days need the calendar to cover it."""
    amount = -span.counted if before else span.counted
    try:
        match span.unit:
            case Unit.WORKING_DAYS:
                return calendar.add_working_days(day, amount)
            case Unit.DAYS:
                return day + timedelta(days=amount)
            case Unit.WEEKS:
                return day + timedelta(weeks=amount)
            case Unit.MONTHS:
                return _corresponding_date(day, amount)
            case Unit.HOURS:
                raise ValueError(f"{span} cannot be counted from a day: hours run from a time of day.")
            case _:
                assert_never(span.unit)
    except OverflowError as error:
        way = "before" if before else "after"
        raise CalendarHorizonError(f"{span} {way} {in_words(day)} is not a date that can be written.") from error


def _corresponding_date(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


Line = tuple[date, str]
_NOT_COUNTED = "the day itself is not counted"


def explain(day: date, span: Span, calendar: Calendar, *, before: bool = False) -> list[Line]:
    """How `shift` counts, line by line; the last line is the day it gives."""
    end = shift(day, span, calendar, before=before)
    if span.counted == 0:
        lines = [(day, f"{span}: the day itself")]
    elif span.unit is Unit.WORKING_DAYS:
        lines = [(day, _NOT_COUNTED), *_counting(day, end, calendar, span)]
    else:
        lines = [(day, _NOT_COUNTED), (end, _in_a_sentence(day, end, span, calendar))]
    last, words = lines[-1]
    return [*lines[:-1], (last, words + _provisional(last, calendar))]


def _counting(day: date, end: date, calendar: Calendar, span: Span) -> Iterator[Line]:
    step = timedelta(days=1 if end > day else -1)
    number = 0
    while day != end:
        day += step
        why = calendar.closed_because(day)
        number += why is None
        if why is None and span.clear:
            yield day, f"clear working day {number}" if number <= span.amount else _between(span)
        else:
            yield day, f"working day {number}" if why is None else f"not counted: {why}"


def _between(span: Span) -> str:
    return f"{span} {'lies' if span.amount == 1 else 'lie'} between, and neither end is counted"


def _in_a_sentence(day: date, end: date, span: Span, calendar: Calendar) -> str:
    words = f"{span} {'earlier' if end < day else 'later'}"
    if span.clear:
        words = _between(span)
    if span.unit is Unit.MONTHS and end.day == day.day:
        words += ", the same day of the month"
    elif span.unit is Unit.MONTHS:
        words += f": {end:%B} {end.year} has no day {day.day}, so its last day"
    if not calendar.covers(end) or (why := calendar.closed_because(end)) is None:
        return words
    return f"{words} ({why}; the working day before is {in_words(calendar.on_or_before(end))})"


def _provisional(day: date, calendar: Calendar) -> str:
    if not calendar.is_provisional(day):
        return ""
    return f"; provisional: bank holidays after {in_words(calendar.proclaimed_until)} are not yet proclaimed"
