"""What a file tells, as it is read and before anything is understood of it; and what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from reviewflow.case.model import commands as c
from reviewflow.case.plan.plan import Plan
from reviewflow.service.workspace.contact_keys import ContactPerson


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a sheet, or an entry of a YAML file: by column what stands there, and where that is."""

    place: str
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case as the file has it, with what it tells of it in the file's order."""

    case: SourceRow
    happened: tuple[SourceRow, ...] = ()
    people: tuple[SourceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtInCommand:
    """One thing that happened in a case, as the command that records it."""

    place: str
    on: date
    at: time | None
    command: c.Command


@dataclass(frozen=True, slots=True)
class Known:
    """A contact of a case with who that is."""

    contact: str
    person: ContactPerson


@dataclass(frozen=True, slots=True)
class Past:
    """A case with its past, as far as it could be understood."""

    place: str
    was: str
    """How the office knows it; by this it is known again when the file is given twice."""
    process: str
    plan: Plan
    opened: date
    opening: c.Open
    happened: tuple[BroughtInCommand, ...]
    unread: frozenset[str] = frozenset()
    """The steps of whose rows one could not be read: what waits for them is refused because of that."""
    people: tuple[Known, ...] = ()


@dataclass(slots=True)
class Problems:
    """What is wrong with the files, each with its place, in the order in which it was found."""

    told: list[str] = field(default_factory=list)

    def add(self, place: str, words: str) -> None:
        line = f"{place}: {words}"
        if line not in self.told:
            self.told.append(line)


@dataclass(frozen=True, slots=True)
class Moment:
    """What bringing in is done with: by whom, when, and why texts that seem to identify somebody do not."""

    by: str
    now: datetime
    vouched: str = ""
    keys: str = field(default="", repr=False)
    """The office's keys, with which the people of a case are encrypted; '' where it has none."""
