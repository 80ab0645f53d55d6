"""A timetable as a calendar file that Outlook and others open: an all-day entry for each step and limit."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from reviewflow.service.rehearsal.preview.words import KINDS, MARKED
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable

_OURS = uuid.UUID("6b1f0a0e-3d0c-4f53-9d5e-5f1f6f2c7a41")


def as_calendar(timetable: Timetable, *, now: datetime) -> str:
    """The same process from the same dates always gives entries with the same names, so that a file read in again
    changes entries and adds none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//reviewflow//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{timetable.title} (timetable)")
    for row in timetable.rows:
        if row.kind is not RowKind.CLOSED:
            calendar.add_component(_entry(timetable, row, now))
    return str(calendar.to_ical(), "utf-8")


def _entry(timetable: Timetable, row: Row, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{_name(timetable, row)}@reviewflow")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) % 2**31)  # a later edition replaces an earlier one
    event.add("dtstart", row.day)
    event.add("dtend", row.day + timedelta(days=1))
    limit = row.kind in MARKED
    event.add("summary", f"{KINDS[row.kind]}: {row.title}" if limit else row.title)
    event.add("description", "\n".join(_description(row)))
    event.add("categories", [KINDS[row.kind]])
    event.add("transp", "TRANSPARENT")
    if limit:
        event.add("priority", 1)
    return event


def _description(row: Row) -> list[str]:
    provisional = "The day is provisional: bank holidays may still be proclaimed." if row.provisional else ""
    return [line for line in (row.who, row.rule, row.note, provisional) if line]


def _name(timetable: Timetable, row: Row) -> uuid.UUID:
    opening = ",".join(f"{name}={day.isoformat()}" for name, _, day in timetable.dates)
    return uuid.uuid5(_OURS, "/".join((timetable.process, opening, row.name, ",".join(row.keys), str(row.round))))
