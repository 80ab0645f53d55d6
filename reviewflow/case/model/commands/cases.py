"""Commands about the whole case: its opening, its agencies, its ending, the edition and version it goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.state import Answer


@dataclass(frozen=True, slots=True)
class Open:
    """Open a case; `dates` are those the process asks for."""

    dates: Mapping[str, date]
    agencies: tuple[str, ...] = ()
    origin: str = ""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which the process asks it."""
    calendar: str = ""
    """The calendar in which its days are counted, where the process lets one be chosen."""


@dataclass(frozen=True, slots=True)
class AddAgency:
    agency: str


@dataclass(frozen=True, slots=True)
class RemoveAgency:
    agency: str
    reason: str


@dataclass(frozen=True, slots=True)
class MergeAgencies:
    """The agency `new` takes the place of `old`, in everything that it owes."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeMembers:
    """Somebody joins a list that a form gathered, leaves it, or goes on for another on it."""

    members: str
    """The list by the step and the question that gathered it: 'book.members'."""
    joins: str
    leaves: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The case stops for a reason that its process does not name; its history stays."""

    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """The case ends in one of the ways that its process names; its history stays."""

    ending: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdoptRules:
    """Go on by the present edition of reviewflow's own rules."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrate:
    """Go on under another version of the process. `answers` are those that it asks about and the state had not kept."""

    reason: str
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    released_by: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By letter that waits to be released, the posts that alone might before; none where anybody might."""
    owed_by: Mapping[str, str] = field(default_factory=dict)
    """By item that is owed, whoever owed it before."""


OfCases = Open | AddAgency | RemoveAgency | MergeAgencies | ChangeMembers | Withdraw | End | AdoptRules | Migrate
