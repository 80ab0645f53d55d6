"""Moments and the days they belong to: everything is counted in London, and stored in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = time()


def in_london(now: datetime) -> datetime:
    """The same moment in London; a list asks it of one moment for each of its lines."""
    return _in_london(now, now.fold)


@lru_cache(maxsize=16)
def _in_london(now: datetime, _fold: int) -> datetime:
    """The hour that comes twice in October is the same to Python both times, unless it is told which of them it is."""
    return now.astimezone(LONDON)


def london_day(now: datetime) -> date:
    """The day it is in London: a notification sent at 23:30 BST belongs to that day."""
    return in_london(now).date()


def at_clock(day: date, clock: time | None) -> datetime:
    """The moment in UTC; without a time of day the day's start, which is the stricter."""
    return datetime.combine(day, clock or MIDNIGHT, LONDON).astimezone(UTC)


def stamp(moment: datetime) -> str:
    """UTC as stored: sortable text with seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def read_stamp(text: str) -> datetime:
    """The moment that `stamp` wrote, in London."""
    return datetime.fromisoformat(text).astimezone(LONDON)
