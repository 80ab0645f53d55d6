"""Events of days: time limits that end, dates that move, and extensions."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar

from reviewflow.case.model.events.holds import HoldEvent


@dataclass(frozen=True, slots=True)
class LimitMet:
    """The step that meets a limit was done on this day, in time or not."""

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
    """The steps that decide when it will be met, in their order."""
    holds: tuple[str, ...] = ()
    endless: bool = False
    """One of these holds has no review day, so nobody can say when the limit will be met."""
    message: str = ""
    to: tuple[str, ...] = ()
    document: str = ""
    """The notice that is drafted because of it (the job that makes it is stored in the same transaction)."""
    at: time | None = None
    """The time of day by which it is to be met, where that counts."""
    ends: date | None = None
    """The day on which it ends once its clock has stood still as is foreseen; None where nothing stops it."""


@dataclass(frozen=True, slots=True)
class ForecastTurned:
    """The word for a running limit is another than the day before; `chain` and `holds` are why. Nobody is told yet."""

    KIND: ClassVar[str] = "ForecastTurned"
    item: str
    was: str
    now: str
    due: date
    seen: date
    """The day on which it was seen."""
    expected: date | None = None
    """The day that is foreseen; None where that cannot be told."""
    chain: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    at: time | None = None
    """The time of day by which it is to be met, where that counts."""
    ends: date | None = None
    """The day on which it ends once its clock has stood still as is foreseen; None where nothing stops it."""


@dataclass(frozen=True, slots=True)
class BackOnCourse:
    """A limit that was foreseen late will be met in time after all, or was."""

    KIND: ClassVar[str] = "WellAgain"
    item: str
    due: date
    expected: date | None = None
    message: str = ""
    to: tuple[str, ...] = ()
    at: time | None = None
    """The time of day by which it is to be met, where that counts."""
    ends: date | None = None
    """The day on which it ends once its clock has stood still as is foreseen; None where nothing stops it."""


@dataclass(frozen=True, slots=True)
class LimitBreached:
    """A limit ran out before it was met: a reason is to be recorded; a notice is drafted where the process has one."""

    KIND: ClassVar[str] = "LimitBreached"
    item: str
    due: date
    document: str = ""
    at: time | None = None
    """The time of day by which it was to be met, where that counts."""


@dataclass(frozen=True, slots=True)
class BreachExplained:
    """Somebody recorded why a limit was not met, or will not be."""

    KIND: ClassVar[str] = "BreachExplained"
    item: str
    reason: str
    explained: date


@dataclass(frozen=True, slots=True)
class DueMoved:
    """Due days changed because something that they count from changed."""

    KIND: ClassVar[str] = "DueMoved"
    items: Mapping[str, date | None]
    because: str
    by: Mapping[str, time] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """Local clocks stand still since a day, as the process says under this name; they were due on these days."""

    KIND: ClassVar[str] = "ClockStopped"
    name: str
    since: date
    items: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class ClockWentOn:
    """What was awaited came: the clocks go on, or begin again, and what they are about is due on these days."""

    KIND: ClassVar[str] = "ClockWentOn"
    name: str
    items: Mapping[str, date]
    since: date
    until: date
    by: Mapping[str, time] = field(default_factory=dict)
    """By item, the time of day that its rule names."""


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
    stayed: Mapping[str, date] = dataclasses.field(default_factory=dict)
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now."""


@dataclass(frozen=True, slots=True)
class CalendarCorrected:
    """The calendar that was chosen when the case opened was the wrong one: its days are counted in another."""

    KIND: ClassVar[str] = "CalendarCorrected"
    was: str
    now: str
    reason: str
    stayed: Mapping[str, date] = dataclasses.field(default_factory=dict)
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now."""


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
    stayed: Mapping[str, date] = field(default_factory=dict)
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now."""


@dataclass(frozen=True, slots=True)
class TooLateWarned:
    """A warning: since a date was set, `items` are due on days that have passed, or past the limits in `beyond`."""

    KIND: ClassVar[str] = "LeftNoTime"
    name: str
    items: Mapping[str, date]
    beyond: Mapping[str, date] = field(default_factory=dict)
    """The limits whose step is now due after they end, each with the day on which it ends."""


@dataclass(frozen=True, slots=True)
class Extended:
    """A later day was granted; what was due first is kept."""

    KIND: ClassVar[str] = "Extended"
    item: str
    was: date
    to: date
    by_role: str
    reason: str
    nth: int | None = None
    """Which extension of this item it is, where the process says how often there may be one."""
    stayed: Mapping[str, date] = field(default_factory=dict)
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now."""
    at: time | None = None
    """The time of day by which it is due then too, where its rule names one."""
    printed: bool = False
    """The process has letters that print the reason."""
    told: bool = False
    """The process has a letter that tells of the day on which it was due before."""


DateEvent = (
    LimitMet
    | LateForeseen
    | ForecastTurned
    | BackOnCourse
    | LimitBreached
    | BreachExplained
    | DueMoved
    | ClockStopped
    | ClockWentOn
    | DateCorrected
    | CalendarCorrected
    | DateSet
    | TooLateWarned
    | Extended
    | HoldEvent
)
