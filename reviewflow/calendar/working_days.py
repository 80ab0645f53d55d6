"""Which days are worked: one calendar a place, over a number of years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import accumulate, compress, cycle, islice

from reviewflow.errors import ReviewflowError
from reviewflow.text import counted

OFFICE = "office"
"""The partnership's own calendar: England's bank holidays and the days on which the office is closed."""
PUBLISHED = ("england", "wales", "scotland", "northern_ireland", "uk_any")
"""The calendars of bank holidays."""
WORKING_DAYS = "working days"
"""What the days of a calendar are called that has no word of its own for them."""
WEEKEND = {5: "Saturday", 6: "Sunday"}


class CalendarHorizonError(ReviewflowError, ValueError):
    """A day that the calendar does not cover: most often a year that was mistyped."""


def in_words(day: date) -> str:
    """'Friday 2 April 2027'."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked in one place, from the first of January of one year to the end of another.

    `closed` has the days that are not worked and why; Saturdays and Sundays need not be in it. `proclaimed_until` is
    the last day up to which bank holidays are known. `days` is what people call its days.
    Days outside the years raise CalendarHorizonError in every method but `covers` and `is_provisional`. Two calendars
    that count alike are equal.
    """

    name: str
    closed: Mapping[date, str] = field(hash=False, repr=False)
    first_year: int = field(kw_only=True)
    last_year: int = field(kw_only=True)
    proclaimed_until: date = field(kw_only=True)
    days: str = field(default=WORKING_DAYS, kw_only=True, compare=False)
    meetings: Mapping[str, tuple[date, ...]] = field(default_factory=dict, kw_only=True, hash=False, repr=False)
    """By group, the days on which it meets, in their order."""
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
        before, working = _index(frozenset(closed), start, date(self.last_year, 12, 31).toordinal())
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
        """The n-th working day after the day, which is itself not counted; a negative n counts back, 0 is the day."""
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
        """How many working days there are after the start, up to and including the end.

        With the end before the start it is the negative number of those after the end: so many working days late.
        """
        return self._before[self._place(end) + 1] - self._before[self._place(start) + 1]

    def in_days(self, number: int) -> str:
        """'1 working day', '15 school days'."""
        return counted(number, self.days.removesuffix("s"))

    def on_or_before(self, day: date) -> date:
        """The day itself when it is a working day, else the working day before it."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, else the working day after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def is_provisional(self, day: date) -> bool:
        """Whether bank holidays may still be proclaimed or moved by then."""
        return day > self.proclaimed_until

    def meeting(self, group: str, day: date, *, before: bool) -> date:
        """The group's next meeting after a day, or its last before; raises CalendarHorizonError past its list."""
        days = self.meetings.get(group, ())
        found = max((each for each in days if each < day), default=None) if before else None
        found = found if before else min((each for each in days if each > day), default=None)
        if found is None:
            listed = (
                f"its list has those from {in_words(days[0])} to {in_words(days[-1])}" if days else "it has no list"
            )
            raise CalendarHorizonError(
                f'No meeting of "{group}" {"before" if before else "after"} {in_words(day)} is known; {listed}. Add '
                f"the days on which it meets to partnership.yaml, under groups, {group}, meets."
            )
        return found

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
"""By name: OFFICE, those of PUBLISHED, and those of partners."""


@lru_cache(maxsize=64)
def _index(closed: frozenset[date], start: int, end: int) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """The same for whoever counts alike: an office's calendars are asked for again by each command and each flow."""
    days = range(start, end + 1)
    first = date.fromordinal(start).weekday()
    week = [(first + number) % 7 not in WEEKEND for number in range(7)]
    worked = list(islice(cycle(week), len(days)))
    for day in closed:
        worked[day.toordinal() - start] = False
    return tuple(accumulate(worked, initial=0)), tuple(map(date.fromordinal, compress(days, worked)))
