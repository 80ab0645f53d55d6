"""A calendar entry that Outlook opens: one event, always under the same number, so that a later one replaces it.

The time zone is written as the two rules that hold for good. Listed day by day, as a library draws it, it ends in some
year, and readers skip it or are an hour wrong on the days of the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from reviewflow.calendar import Span, Unit
from reviewflow.london import LONDON

if TYPE_CHECKING:
    from icalendar import Timezone

_ZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
"""The last Sundays of March and October at 01:00 UTC, as in the tz database since 1996."""
_HOURS = {
    Unit.HOURS: 1,
    Unit.WORKING_HOURS: 1,
    Unit.DAYS: 24,
    Unit.WORKING_DAYS: 24,
    Unit.WEEKS: 24 * 7,
    Unit.MONTHS: 24 * 30,
}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What stands in the calendar. `number` is the same whenever it is made for the same thing.

    `office` is the domain of the partnership's mailbox: two partnerships may use the same references, and an agency
    that works with both must not lose the one's entry to the other's.
    """

    number: str
    office: str
    title: str
    text: str
    day: date
    at: time | None = None
    lasts: Span | None = None
    is_off: bool = False
    """Whether it is taken out of the calendar again."""


def calendar_file(entry: CalendarEntry, *, now: datetime) -> bytes:
    """The entry as an iCalendar file (RFC 5545)."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//reviewflow//calendar entry//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_off else "PUBLISH")
    if entry.at is not None:
        calendar.add_component(_zone())
    event = Event()
    event.add("uid", f"{entry.number}@{entry.office}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int(now.timestamp()) % 2**31)  # a later edition replaces an earlier one
    if entry.is_off:
        event.add("status", "CANCELLED")
    event.add("summary", entry.title)
    event.add("description", entry.text)
    start, end = _span(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    from icalendar import Timezone

    zone = Timezone.from_ical(_ZONE)
    assert isinstance(zone, Timezone)
    return zone


def _span(entry: CalendarEntry) -> tuple[date, date]:
    if entry.at is None:
        days = entry.lasts.amount if entry.lasts and entry.lasts.unit in {Unit.DAYS, Unit.WORKING_DAYS} else 1
        return entry.day, entry.day + timedelta(days=max(days, 1))
    start = datetime.combine(entry.day, entry.at, LONDON)
    length = timedelta(hours=entry.lasts.amount * _HOURS[entry.lasts.unit]) if entry.lasts else timedelta(hours=1)
    return start, start + length
