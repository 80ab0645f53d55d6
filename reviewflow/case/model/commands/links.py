"""Commands about other cases that run beside this one, or are joined to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Link:
    """Another case or proceeding runs beside this one: its kind, which hold it places, and when to review that."""

    kind: str
    reference: str
    reason: str
    effect: str = "none"
    review: date | None = None
    outside: bool = False
    """It is not a case of this office, although its reference looks like one."""


@dataclass(frozen=True, slots=True)
class Unlink:
    """A link or a joined case is over, or was a mistake."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """The time limits of another case are met by this one too: they count from these days."""

    reference: str
    dates: Mapping[str, date]
    outside: bool = False
    """It is not a case of this office, although its reference looks like one."""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which the process asks it."""


@dataclass(frozen=True, slots=True)
class RecordLinkedFrom:
    """Another case has this one beside it, as a link of this kind, or `JOINED`."""

    reference: str
    kind: str


@dataclass(frozen=True, slots=True)
class RecordUnlinkedFrom:
    """Another case has this one beside it no longer."""

    reference: str


OfLinks = Link | Unlink | Join | RecordLinkedFrom | RecordUnlinkedFrom
