"""A calendar file (.ics, RFC 5545), such as a school's term dates, as a calendar for partnership.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.files import NotRead, bytes_of
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import day_words

if TYPE_CHECKING:
    from icalendar import Component


MOST = 5_000_000
"""Bytes of a calendar file; the term dates of a county have some thousands."""


@dataclass(frozen=True, slots=True)
class IcsCalendar:
    """The whole days of a calendar file, in order, and the entries that were left out, each with why."""

    title: str
    closures: tuple[tuple[date, date, str], ...]
    """The first day, the last, and what the file calls them."""
    left_out: tuple[str, ...]


def read_ics(path: Path) -> IcsCalendar:
    """What a calendar file says; raises UserError when it cannot be read or has no whole days."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(bytes_of(path, MOST))
        entries = [_entry(event) for event in calendar.walk("VEVENT")]
    except NotRead as error:
        raise UserError(f"{path}: {error}") from error
    except Exception as error:  # it raises whatever a damaged line makes of it
        raise UserError(
            f"{path} is not a calendar file, which begins with BEGIN:VCALENDAR, or it is damaged."
        ) from error
    closures = sorted(entry for entry in entries if not isinstance(entry, str))
    if not closures:
        raise UserError(f"{path} has no entry for whole days, so no day of it can be closed.")
    title = " ".join(str(calendar.get("X-WR-CALNAME", path.stem)).split())
    return IcsCalendar(title, tuple(closures), tuple(entry for entry in entries if isinstance(entry, str)))


def _entry(event: Component) -> tuple[date, date, str] | str:
    """The days of an entry, or why it is left out."""
    title = " ".join(str(event.get("SUMMARY", "Closed")).split())
    first: Any = event.decoded("DTSTART", None)
    last: Any = event.decoded("DTEND", None)
    if event.get("RRULE") is not None:
        return f"{title}: it comes again by a rule. Write its days by hand."
    if not isinstance(first, date) or isinstance(first, datetime):
        day = f" ({day_words(first.date())})" if isinstance(first, datetime) else ""
        return f"{title}{day}: it has a time of day, and only whole days can be closed."
    length: Any = event.decoded("DURATION", None)
    # The end of whole days is the day after the last of them (RFC 5545, 3.6.1).
    end = last if isinstance(last, date) else first + (length or timedelta(days=1))
    return first, max(first, end - timedelta(days=1)), title


def as_yaml(calendar: IcsCalendar, name: str) -> Iterator[str]:
    """The lines of partnership.yaml under which it stands."""
    yield "calendars:"
    yield f"  {name}:"
    yield f"    title: {json.dumps(calendar.title, ensure_ascii=False)}"
    yield "    closures:"
    titles: dict[tuple[date, date], list[str]] = {}
    for first, last, title in calendar.closures:
        titles.setdefault((first, last), []).append(title)
    for (first, last), told in titles.items():
        days = f"{first}" if first == last else f"{first} to {last}"
        yield f"      {days}: {json.dumps('; '.join(dict.fromkeys(told)), ensure_ascii=False)}"
