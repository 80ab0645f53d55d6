"""What the figures know of a case: what was owed in it, and what did not go as planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import OFFICE
from reviewflow.case.model.state import Status


@dataclass(frozen=True, slots=True)
class Owed:
    """One round of a work item, or one time limit. Days are days; `done` is when it really was done."""

    reference: str
    process: str
    item: str
    title: str
    owner: str
    """'agency:police', 'role:chair'; '' for a time limit."""
    limit: bool
    national: bool
    round: int
    opened: date
    due: date | None
    first_due: date | None
    """As it was before anything moved it."""
    ended: Status
    """OPEN while it is owed."""
    done: date | None
    chases: int = 0
    stage: str = ""
    """What the stage of its process is called that it belongs to, with the stage's place before it: '2. Deciding'."""
    calendar: str = OFFICE
    """The one in which its days are counted."""
    reason: str = ""
    """Of a time limit that was not met, or was not going to be: why, as it was recorded."""
    reason_asked: bool = False
    """Of a time limit: whether somebody is to record why, when it is missed."""
    awaited: str = ""
    """What the body outside is called that is to answer; '' where it is owed by somebody of ours."""
    nobodys: bool = False
    """Nobody can be late with it now: it is held, or others are to answer who owe us nothing."""


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension: a later day for something owed."""

    item: str
    title: str
    owner: str
    was: date
    to: date
    by_role: str
    on: date
    calendar: str = OFFICE
    """The one in which its days are counted."""
    body: str = ""
    """What a body outside is called, where one granted it."""


@dataclass(frozen=True, slots=True)
class HoldPeriod:
    """A hold, from the day it was placed to the day it was released; None while it is in place."""

    title: str
    placed: date
    released: date | None = None


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A date of the case that was set to another day, or corrected."""

    title: str
    was: date
    to: date
    on: date
    corrected: bool


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case: what it is, when it began and ended, and all that was owed in it."""

    reference: str
    process: str
    title: str
    status: str
    opened: date
    closed: date | None
    owed: tuple[Owed, ...]
    # The names of these stand in the certificates of cases that were destroyed.
    granted: tuple[Granted, ...] = ()
    held: tuple[HoldPeriod, ...] = ()
    moved: tuple[MovedDate, ...] = ()
    measured: tuple[Owed, ...] = ()
    """What targets measure that no limit of its process does: each a clock under the target's name."""
