"""Events of a case as a whole: how it began and ended, who takes part, which others it is linked with."""

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
    rules: int | None = None
    """The edition of reviewflow's own rules; None in cases opened before there was a second, which is the first."""
    calendar: str = ""
    """The calendar that was chosen for it; '' where the process asks for none."""


@dataclass(frozen=True, slots=True)
class AgencyJoined:
    """An agency takes part; what fell away when it left is owed again."""

    KIND: ClassVar[str] = "AgencyJoined"
    agency: str
    due: Mapping[str, date] = field(default_factory=dict)
    """The day, counted from then, of what it owes again, and of what was due before it took part."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


@dataclass(frozen=True, slots=True)
class AgencyLeft:
    """An agency no longer takes part; `items` are what it still owed, withdrawn."""

    KIND: ClassVar[str] = "AgencyLeft"
    agency: str
    reason: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgenciesMerged:
    """The agency `new` takes the place of `old`: it owes `items` from now on, by the same days."""

    KIND: ClassVar[str] = "AgenciesMerged"
    old: str
    new: str
    reason: str
    items: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers that named the old one, by item, with the new one in its place."""


@dataclass(frozen=True, slots=True)
class MembersChanged:
    """On a list that `item` gathered: `joined` is on it now, `left` is no more; with both one goes on for the other.

    `items` are what whoever left still owed: withdrawn, or owed by the other by the same days.
    """

    KIND: ClassVar[str] = "MembersChanged"
    item: str
    question: str
    joined: str
    left: str
    reason: str
    items: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    """What whoever joined had owed before it left once, owed again."""
    due: Mapping[str, date] = field(default_factory=dict)
    """The day, counted from then, of what is owed again, and of what the new member comes too late for."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


@dataclass(frozen=True, slots=True)
class CaseStarted:
    """An automatic step opened a linked case."""

    KIND: ClassVar[str] = "CaseStarted"
    item: str
    reference: str
    done: date
    nth: int | None = None
    """After which time that the other step was done it was opened, where one is opened after each."""
    of: date | None = None
    """The day of that round."""


@dataclass(frozen=True, slots=True)
class TextVouched:
    """Somebody says that a text which seemed to identify a child does not; what it let in comes after it."""

    KIND: ClassVar[str] = "TextVouched"
    seen: tuple[str, ...]
    """What it seemed to hold, and where: 'a postcode in "The reason"'."""
    reason: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The events before it, of the same moment, came of an answer in Prefect: this has the name that was signed in.

    It holds no name: that stands beside the event, where it can be erased.
    """

    KIND: ClassVar[str] = "SignedIn"


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """Somebody decided that the case is not to go on; what was owed in it falls away."""

    KIND: ClassVar[str] = "CaseWithdrawn"
    reason: str


@dataclass(frozen=True, slots=True)
class NothingCame:
    """A day passed on which one of `items` was to have come, and the case ends; the message is in the outbox."""

    KIND: ClassVar[str] = "NothingCame"
    ending: str
    day: date
    items: tuple[str, ...]
    message: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseEnding:
    """The case ends in this way, as soon as the steps in `keeps` are done; nothing else is owed any more."""

    KIND: ClassVar[str] = "CaseEnding"
    ending: str
    day: date
    keeps: tuple[str, ...]
    passed: date | None = None
    """The day that passed without an answer, where time alone ends it."""
    reason: str = ""
    """Why, where somebody says so."""
    dated: bool = False
    """What is kept may count its day from this one; of older endings the case does not know it."""


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """The case ended in one of the ways that its process names; `reason` is empty when answers ended it."""

    KIND: ClassVar[str] = "CaseEnded"
    ending: str
    ended: date
    reason: str = ""
    passed: date | None = None
    """The day that passed without an answer, where time alone ended it."""
    dropped: tuple[str, ...] = ()
    """What people still owed, and owe no more."""
    letters_say_why: bool = False
    """The case keeps the reason for what its ending writes; of older endings it does not know it."""


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """Every item and every time limit is finished."""

    KIND: ClassVar[str] = "CaseClosed"
    closed: date


@dataclass(frozen=True, slots=True)
class Migrated:
    """The case goes on under another version of its process; `gone` are the items that this does not have."""

    KIND: ClassVar[str] = "Migrated"
    version: int
    definition: str
    reason: str
    gone: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers given earlier that this version asks about, by item."""


@dataclass(frozen=True, slots=True)
class RulesAdopted:
    """The office had the case go on by this edition of reviewflow's own rules; what that moved follows."""

    KIND: ClassVar[str] = "RulesAdopted"
    rules: int
    reason: str


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The case ran elsewhere until the day `on`: what happened before was entered then, with its true days.

    `was` is how the office knew it until then.
    """

    KIND: ClassVar[str] = "BroughtIn"
    on: date
    was: str


@dataclass(frozen=True, slots=True)
class Delegated:
    """The post `of` that owes this step has another post, `to`, answer it for a while; both days count.

    Of all that the post owes in the case, `step` is the post itself, 'role:chair'. Without `until` it is taken back by
    hand. `items` are owed by somebody else from then on; `kept` are done, and stay with whoever owed them.
    """

    KIND: ClassVar[str] = "Delegated"
    step: str
    of: str
    to: str
    since: date
    until: date | None
    reason: str
    items: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DelegationPlanned:
    """As `Delegated`, from a later day on: until then the post that owes the step answers it."""

    KIND: ClassVar[str] = "DelegationPlanned"
    step: str
    of: str
    to: str
    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DelegationEnded:
    """The post that owes this step answers it, and will; `reason` is '' where the day was over.

    `items` and `kept` are as in `Delegated`.
    """

    KIND: ClassVar[str] = "DelegationEnded"
    step: str
    of: str
    to: str
    ended: date
    reason: str = ""
    items: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


CaseEvent = (
    Opened
    | Delegated
    | DelegationPlanned
    | DelegationEnded
    | BroughtIn
    | AgencyJoined
    | AgencyLeft
    | MembersChanged
    | AgenciesMerged
    | CaseStarted
    | TextVouched
    | SignedIn
    | CaseWithdrawn
    | NothingCame
    | CaseEnding
    | CaseEnded
    | CaseClosed
    | Migrated
    | RulesAdopted
)
