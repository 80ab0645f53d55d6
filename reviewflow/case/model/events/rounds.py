"""Events about work that comes again: it is sent back, each round opens, and at some time there are no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A repeating step was done and is owed again; its day is `turn` rhythms after the day of its rule.

    Where each round counts from the one before it is a rhythm after the day `since`.
    """

    KIND: ClassVar[str] = "RoundOpened"
    item: str
    turn: int
    opened: date
    due: date | None = None
    times: int | None = None
    """How often it was done before this round; None where that was not counted."""
    skipped: bool = False
    """The round before this one was skipped."""
    at: time | None = None
    """The time of day by which it is due, where its rule names one."""
    since: date | None = None
    """The day from which its day counts, where that is not the first: when the round before was done or skipped."""
    first: date | None = None
    """The day on which the round before, the first, was done, where that meets a time limit."""
    first_at: time | None = None
    """The time of day at which that was done, where it matters and is known."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


@dataclass(frozen=True, slots=True)
class OwedAfterRound:
    """A round of a step that comes again was done; this follows it, and is owed after each."""

    KIND: ClassVar[str] = "OwedAfterRound"
    item: str
    turn: int
    """Which round of the other step it follows."""
    done: date
    """The day on which that round was done."""
    opened: date
    due: date | None = None
    at: time | None = None
    """The time of day by which it is due, where its rule names one."""
    nth: int | None = None
    """How often the other step was done by then: a round that is sent back and done once more is the same one."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


@dataclass(frozen=True, slots=True)
class RoundsEnded:
    """Of older histories: a repeating step repeats no more, and is as it was after the last round that was done."""

    KIND: ClassVar[str] = "RoundsEnded"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundsStopped:
    """A repeating step is not needed any more. Its open round was not done; those that were done stand."""

    KIND: ClassVar[str] = "RoundsStopped"
    items: tuple[str, ...]
    stopped: date
    done: Mapping[str, date]
    """By item, the day on which it was last done."""
    due: Mapping[str, date | None] = field(default_factory=dict)
    """By item, the day of the round that was open."""
    times: Mapping[str, int] = field(default_factory=dict)
    """By item, how often it was done, where that was counted."""


@dataclass(frozen=True, slots=True)
class RoundsDropped:
    """The same where the last round was sent back, or skipped: on which day one was done before it is not known."""

    KIND: ClassVar[str] = "RoundsDropped"
    items: tuple[str, ...]
    stopped: date
    times: Mapping[str, int]
    """By item, how often it was done."""
    due: Mapping[str, date | None] = field(default_factory=dict)
    """By item, the day of the round that was owed."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """Work was sent back: all these items are owed anew; those in `due` have a day of their own."""

    KIND: ClassVar[str] = "SentBack"
    items: tuple[str, ...]
    because: str
    due: Mapping[str, date] = field(default_factory=dict)
    by: Mapping[str, time] = field(default_factory=dict)
    """The time of day by which those are due that count hours."""
    returned: Mapping[str, int] = field(default_factory=dict)
    """Which sending back this is of each, where the process says how often there may be one."""
    grounds: Mapping[str, str] = field(default_factory=dict)
    """By item, the ground on which it was sent back, where there may be so many of each: 'read.why.incomplete'."""
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item, the rules of the earlier of several days that gave none yet: each may still bring it forward."""
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item, the dates from which its day counts again once they are set anew, by what is owed again beside it."""
    reopened: Mapping[str, int] = field(default_factory=dict)
    """Which reopening by hand this is, where the process says how often there may be one."""
    ends: Mapping[str, date] = field(default_factory=dict)
    """The last day of the time limits that were met and run again; of none that counts from what is owed again."""
    ending_stands: bool = False
    """The case goes on ending as it was: all of this is work that its ending keeps."""
    by_rule: tuple[str, ...] = ()
    """Those whose later day has passed, and that count from what is owed again too: they follow their rule again."""
    stay: Mapping[str, date] = field(default_factory=dict)
    """By time limit that was met and whose last day is over, that day: it stays as it was met."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


RoundEvent = RoundOpened | OwedAfterRound | RoundsEnded | RoundsStopped | RoundsDropped
