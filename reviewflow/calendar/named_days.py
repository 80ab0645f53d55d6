"""Days that are named by the week or the month: the first Wednesday, the last working day of the month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reviewflow.calendar.spans import Unit
from reviewflow.calendar.working_days import Calendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("first", "second", "third", "fourth", "fifth")
WORKING_DAY = "working day"
DAY = "day"
MEETING = "meeting"
LAST = -1


class Month(StrEnum):
    """In which month the day is looked for, seen from the day that it is counted from."""

    SAME = "of the month of"
    NEXT = "of the month after"
    ANY = "of a month after"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """The first Wednesday after a day, the last Friday before it, or the last working day of its month.

    `number` is 1 to 5, or LAST; `kind` one of WEEKDAYS, WORKING_DAY, DAY or MEETING. Without a month it is counted from
    the day itself, which is not counted.
    """

    number: int
    kind: str
    month: Month | None = None
    group: str = ""
    """The group whose next meeting it is, or last before; '' for other days."""

    def __str__(self) -> str:
        if self.group:
            return self.in_words(self.group)
        which = "last" if self.number == LAST else NUMBERS[self.number - 1]
        match self.month:
            case None:
                return f"the {which} {self.kind}"
            case Month.ANY:
                return f"the next {which} {self.kind} of a month"
            case _:
                return f"the {which} {self.kind} of the month"

    def in_words(self, group: str) -> str:
        """'the next meeting of the review group', with the group as it is called."""
        return f"the {'last' if self.number == LAST else 'next'} {MEETING} of {group}"

    @property
    def unit(self) -> Unit:
        """In what it counts: working days follow a calendar, all others do not."""
        return Unit.WORKING_DAYS if self.kind == WORKING_DAY else Unit.DAYS

    def seen_from(self, day: date, calendar: Calendar, *, before: bool) -> date:
        """The day that it names, seen from another; raises CalendarHorizonError, and OverflowError past year 9999."""
        if self.group:
            return calendar.meeting(self.group, day, before=before)
        if self.month is None:
            return self._near(day, before=before)
        first = day.replace(day=1) if self.month is not Month.NEXT else _month_after(day)
        found = self._in_month(first, calendar)
        while self.month is Month.ANY and found <= day:
            first = _month_after(first)
            found = self._in_month(first, calendar)
        return found

    def _near(self, day: date, *, before: bool) -> date:
        place = WEEKDAYS.index(self.kind)
        if before:
            return day - timedelta(days=(day.weekday() - place - 1) % 7 + 1)
        return day + timedelta(days=(place - day.weekday() - 1) % 7 + 1 + 7 * (self.number - 1))

    def _in_month(self, first: date, calendar: Calendar) -> date:
        """Of the month that begins with `first`; where it has none, of the next that has: a school's August."""
        days = [day for day in _days_of_month(first) if self._is_one(day, calendar)]
        if len(days) < max(self.number, 1):
            return self._in_month(_month_after(first), calendar)
        return days[self.number if self.number == LAST else self.number - 1]

    def _is_one(self, day: date, calendar: Calendar) -> bool:
        if self.kind == WORKING_DAY:
            return calendar.is_working_day(day)
        return self.kind == DAY or WEEKDAYS[day.weekday()] == self.kind


def _month_after(day: date) -> date:
    """The first day of the month after that of `day`."""
    return day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])


def _days_of_month(first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(monthrange(first.year, first.month)[1]))
