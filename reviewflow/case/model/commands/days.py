"""Commands about days: dates, more time, time limits, holds and calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class CorrectDate:
    """A named date, or the day a step was done, was recorded wrongly."""

    name: str
    to: date
    reason: str
    at: time | None = None


@dataclass(frozen=True, slots=True)
class CorrectCalendar:
    """The calendar that was chosen for the case was the wrong one."""

    calendar: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetDate:
    """A planned date of the case is set, or moved to another day."""

    name: str
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extend:
    """A later day for an item; the post `by_role` grants it."""

    item: str
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordBreach:
    """The reason why a time limit was not met, or will not be."""

    limit: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookAhead:
    """A day has passed: warn of limits that have become late, or will be met after all."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Place a hold, or record that one in place was reviewed. `review` is when to review it next.

    `by_role` is the post that places it, where the process says who may.
    """

    hold: str
    reason: str
    requested_by: str = ""
    review: date | None = None
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Release a hold; the post `by_role` does, where the process says who may."""

    hold: str
    reason: str
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class Recount:
    """The calendar changed: count all open dates anew."""

    because: str


OfDays = CorrectDate | CorrectCalendar | SetDate | Extend | RecordBreach | LookAhead | Hold | Release | Recount
