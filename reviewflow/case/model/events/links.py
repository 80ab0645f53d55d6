"""Events about other cases: linked, joined, and taken away again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """Another case or proceeding runs beside it; `hold` is the hold that this places, '' where the process has none."""

    KIND: ClassVar[str] = "CaseLinked"
    reference: str
    kind: str
    effect: str
    linked: date
    reason: str
    hold: str = ""
    review: date | None = None
    outside: bool = False
    """It is not a case of this office."""


@dataclass(frozen=True, slots=True)
class CaseJoined:
    """The time limits of another case, which count from these days, are met by this one too."""

    KIND: ClassVar[str] = "CaseJoined"
    reference: str
    dates: Mapping[str, date]
    joined: date
    outside: bool = False
    """It is not a case of this office."""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates from which hours count."""


@dataclass(frozen=True, slots=True)
class CaseUnlinked:
    """It no longer runs beside the case, or its time limits are no longer met here."""

    KIND: ClassVar[str] = "CaseUnlinked"
    reference: str
    unlinked: date
    reason: str


@dataclass(frozen=True, slots=True)
class LinkedFrom:
    """Another case of this office has this one beside it, or meets its time limits too: what was recorded there."""

    KIND: ClassVar[str] = "LinkedFrom"
    reference: str
    """Of the case that has this one beside it."""
    kind: str
    """What that case said this one is to it, as of a link; or `JOINED`."""
    linked: date


@dataclass(frozen=True, slots=True)
class UnlinkedFrom:
    """The other case has this one beside it no longer."""

    KIND: ClassVar[str] = "UnlinkedFrom"
    reference: str
    unlinked: date


@dataclass(frozen=True, slots=True)
class LinkReviewDue:
    """What runs beside the case is to be looked at again; the office is told (the message is in the outbox)."""

    KIND: ClassVar[str] = "LinkReviewDue"
    reference: str
    review: date
    message: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherCaseOver:
    """Another case is over, and this one ends with it: one that it started, or from which it came."""

    KIND: ClassVar[str] = "OtherCaseOver"
    reference: str
    status: str
    """How it is over: closed, ended or withdrawn."""
    over: date


@dataclass(frozen=True, slots=True)
class LedBy:
    """From now on these steps, and no others, are done for this case too in the case `reference`, which leads."""

    KIND: ClassVar[str] = "LedBy"
    reference: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """What comes next was recorded in the case that leads, as its event of this number, and counts here too."""

    KIND: ClassVar[str] = "TakenFrom"
    item: str
    reference: str
    number: int


@dataclass(frozen=True, slots=True)
class ReopenedWith:
    """It was reopened in the case that leads, and is therefore owed anew here too."""

    KIND: ClassVar[str] = "ReopenedWith"
    item: str
    reference: str


@dataclass(frozen=True, slots=True)
class LeadOver:
    """The case that led is over, so that this one goes on alone; what was recorded there stands here."""

    KIND: ClassVar[str] = "LeadOver"
    reference: str


@dataclass(frozen=True, slots=True)
class TreatedTogether:
    """Another case is treated together with this one, which leads; `agencies` are those that take part in that one."""

    KIND: ClassVar[str] = "TreatedTogether"
    reference: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TreatedAlone:
    """Another case is treated together with this one no more."""

    KIND: ClassVar[str] = "TreatedAlone"
    reference: str


@dataclass(frozen=True, slots=True)
class SettledElsewhere:
    """What of what this case waits for is settled in each case that is linked with it by a link of this kind."""

    KIND: ClassVar[str] = "SettledElsewhere"
    kind: str
    on: date
    """The day on which this one heard of it."""
    settled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By reference, the steps that are settled there; of a case that is not named nothing is."""


LinkEvent = (
    LinkReviewDue
    | CaseLinked
    | CaseJoined
    | CaseUnlinked
    | LinkedFrom
    | UnlinkedFrom
    | OtherCaseOver
    | LedBy
    | TakenFrom
    | ReopenedWith
    | LeadOver
    | TreatedTogether
    | TreatedAlone
    | SettledElsewhere
)
