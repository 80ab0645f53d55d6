"""Facts about a case as a whole: how it began and ended, who takes part, which others it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar

from reviewflow.case.model.state import Answers


@dataclass(frozen=True, slots=True)
class Opened:
    """A case was opened under one pinned definition."""

    KIND: ClassVar[str] = "Opened"
    process: str
    version: int
    definition: str
    opened: date
    dates: Mapping[str, date]
    agencies: tuple[str, ...]
    origin: str = ""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which it was asked."""


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """Something runs beside the case; `hold` is what it stops, where the process has such a hold."""

    KIND: ClassVar[str] = "CaseLinked"
    reference: str
    kind: str
    effect: str
    linked: date
    reason: str
    hold: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class CaseJoined:
    """The clocks of another case, which count from these days, are met by this one."""

    KIND: ClassVar[str] = "CaseJoined"
    reference: str
    dates: Mapping[str, date]
    joined: date


@dataclass(frozen=True, slots=True)
class CaseUnlinked:
    """It no longer runs beside the case; a joined case's clocks are no longer met here."""

    KIND: ClassVar[str] = "CaseUnlinked"
    reference: str
    unlinked: date
    reason: str


@dataclass(frozen=True, slots=True)
class AgencyJoined:
    """An agency takes part; what fell away when it left is owed again."""

    KIND: ClassVar[str] = "AgencyJoined"
    agency: str


@dataclass(frozen=True, slots=True)
class AgencyLeft:
    """An agency no longer takes part; what it still owed falls away."""

    KIND: ClassVar[str] = "AgencyLeft"
    agency: str
    reason: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgenciesMerged:
    """One agency goes on for another: it owes what that one did, in `items`, by the same days."""

    KIND: ClassVar[str] = "AgenciesMerged"
    old: str
    new: str
    reason: str
    items: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers that named the old one, by item, with the new one in its place."""


@dataclass(frozen=True, slots=True)
class CaseStarted:
    """An automatic step opened a linked case."""

    KIND: ClassVar[str] = "CaseStarted"
    item: str
    reference: str
    done: date


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """Somebody decided that the case is not to go on; what was owed in it falls away."""

    KIND: ClassVar[str] = "CaseWithdrawn"
    reason: str


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """The case took one of its process's ways out; without a reason, because the answers said so."""

    KIND: ClassVar[str] = "CaseEnded"
    ending: str
    ended: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """Everything is settled."""

    KIND: ClassVar[str] = "CaseClosed"
    closed: date


@dataclass(frozen=True, slots=True)
class Migrated:
    """The case goes on under another version of its process; `gone` is what that version does not know."""

    KIND: ClassVar[str] = "Migrated"
    version: int
    definition: str
    reason: str
    gone: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers given earlier that this version asks about, by item."""


CaseEvent = (
    Opened
    | CaseLinked
    | CaseJoined
    | CaseUnlinked
    | AgencyJoined
    | AgencyLeft
    | AgenciesMerged
    | CaseStarted
    | CaseWithdrawn
    | CaseEnded
    | CaseClosed
    | Migrated
)
