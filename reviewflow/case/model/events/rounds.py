"""Events about steps that come again: each round opens, and at some time there are no more."""

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


RoundEvent = RoundOpened | OwedAfterRound | RoundsEnded | RoundsStopped
