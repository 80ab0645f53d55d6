"""Facts about days: clocks that end, dates that move, extensions, and holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LimitMet:
    """The step that a limit watches was done on this day, in time or not."""

    KIND: ClassVar[str] = "LimitMet"
    item: str
    done: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class LateForeseen:
    """As things stand a limit will not be met; those named are told (the message is in the outbox)."""

    KIND: ClassVar[str] = "LateForeseen"
    item: str
    due: date
    expected: date
    chain: tuple[str, ...] = ()
    """The steps that decide when it will be, the first of them first."""
    holds: tuple[str, ...] = ()
    endless: bool = False
    """Nobody has said when one of these holds is looked at again, so nobody can say when it will be met."""
    message: str = ""
    to: tuple[str, ...] = ()
    document: str = ""
    """The notice that is drafted because of it (the job that makes it is stored in the same transaction)."""


@dataclass(frozen=True, slots=True)
class BackOnCourse:
    """A limit of which the opposite was told will be met in time, or was."""

    KIND: ClassVar[str] = "WellAgain"
    item: str
    due: date
    expected: date | None = None
    message: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitBreached:
    """A limit ran out before it was met, and why is wanted; a notice is drafted where the process has one."""

    KIND: ClassVar[str] = "LimitBreached"
    item: str
    due: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class BreachExplained:
    """Somebody recorded why a limit was not met, or will not be."""

    KIND: ClassVar[str] = "BreachExplained"
    item: str
    reason: str
    explained: date


@dataclass(frozen=True, slots=True)
class DueMoved:
    """Due days changed because something they count from changed."""

    KIND: ClassVar[str] = "DueMoved"
    items: Mapping[str, date | None]
    because: str
    by: Mapping[str, time] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateCorrected:
    """A named date, or the day a step was done, had been recorded wrongly."""

    KIND: ClassVar[str] = "DateCorrected"
    name: str
    was: date
    now: date
    reason: str
    field: str = ""
    """The question of the step's form that asked for this day."""
    at: time | None = None
    """The time of day, where that was corrected."""


@dataclass(frozen=True, slots=True)
class DateSet:
    """A date of the case was set, or moved: by a person with a reason, by an answer, or by an automatic step."""

    KIND: ClassVar[str] = "DateSet"
    name: str
    to: date
    was: date | None = None
    reason: str = ""
    item: str = ""
    """The step whose answer set it, or that set it by itself."""


@dataclass(frozen=True, slots=True)
class TooLateWarned:
    """A warning: since a date was set, these are due on days that have passed, or come after these limits end."""

    KIND: ClassVar[str] = "LeftNoTime"
    name: str
    items: Mapping[str, date]
    beyond: Mapping[str, date] = field(default_factory=dict)
    """The limits that the day now overruns, each with when it ends."""


@dataclass(frozen=True, slots=True)
class Extended:
    """A later day was granted; what was due first is kept."""

    KIND: ClassVar[str] = "Extended"
    item: str
    was: date
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """What a hold names stands still from this day on: somebody said so, or an answer of `item`."""

    KIND: ClassVar[str] = "HoldPlaced"
    hold: str
    placed: date
    reason: str = ""
    requested_by: str = ""
    item: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReviewed:
    """A hold was looked at again and stays."""

    KIND: ClassVar[str] = "HoldReviewed"
    hold: str
    reviewed: date
    reason: str
    review: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReviewDue:
    """A hold is to be looked at; those named are told (the message is in the outbox), and `again` reminded then."""

    KIND: ClassVar[str] = "HoldReviewDue"
    hold: str
    message: str
    to: tuple[str, ...]
    again: date | None = None


@dataclass(frozen=True, slots=True)
class DueDatesShifted:
    """What a hold stopped for so long has a new day each, later by the working days that it was held."""

    KIND: ClassVar[str] = "StoodStill"
    hold: str
    items: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """What a hold stopped goes on: somebody said so, or an answer of `item`."""

    KIND: ClassVar[str] = "HoldReleased"
    hold: str
    released: date
    reason: str = ""
    item: str = ""


DateEvent = (
    LimitMet
    | LateForeseen
    | BackOnCourse
    | LimitBreached
    | BreachExplained
    | DueMoved
    | DateCorrected
    | DateSet
    | TooLateWarned
    | Extended
    | HoldPlaced
    | HoldReviewed
    | HoldReviewDue
    | DueDatesShifted
    | HoldReleased
)
