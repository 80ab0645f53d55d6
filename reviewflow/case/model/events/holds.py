"""Events of holds: work that is not asked for while something else comes first, and what its release moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A hold is in place from this day on: a person placed it, or an answer of `item` did."""

    KIND: ClassVar[str] = "HoldPlaced"
    hold: str
    placed: date
    reason: str = ""
    requested_by: str = ""
    item: str = ""
    review: date | None = None
    by_role: str = ""
    """The post that placed it, where the process says who may."""
    nth: int | None = None
    """Which placing of it this is, where the process says how often there may be one."""
    settled: tuple[str, ...] = ()
    """The steps that it names and cannot stop any more: they were done, or not needed. Earlier events do not say."""


@dataclass(frozen=True, slots=True)
class HoldReviewed:
    """A hold was reviewed and stays."""

    KIND: ClassVar[str] = "HoldReviewed"
    hold: str
    reviewed: date
    reason: str
    review: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReviewDue:
    """A hold is to be reviewed; those named are told (the message is in the outbox), and once more on `again`."""

    KIND: ClassVar[str] = "HoldReviewDue"
    hold: str
    message: str
    to: tuple[str, ...]
    again: date | None = None


@dataclass(frozen=True, slots=True)
class DueDatesShifted:
    """A hold was released: what it stopped is due later, by the working days that it was in place."""

    KIND: ClassVar[str] = "StoodStill"
    hold: str
    items: Mapping[str, date]
    first: Mapping[str, date] = field(default_factory=dict)
    """Of those that had not begun, the day on which they were to be due."""
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item, the rules of the earlier of several days that gave none yet: each may still bring it forward."""
    by: Mapping[str, time] = field(default_factory=dict)
    """By item, the time of day that its rule names."""


@dataclass(frozen=True, slots=True)
class FollowsNewDay:
    """What the release of a hold had given a day goes by its rule again: the day that it names was set anew."""

    KIND: ClassVar[str] = "FollowsNewDay"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """A hold was released: by a person, or by an answer of `item`."""

    KIND: ClassVar[str] = "HoldReleased"
    hold: str
    released: date
    reason: str = ""
    item: str = ""
    by_role: str = ""
    """The post that released it, where the process says who may."""


HoldEvent = HoldPlaced | HoldReviewed | HoldReviewDue | DueDatesShifted | FollowsNewDay | HoldReleased
