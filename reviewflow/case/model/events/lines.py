"""Events of tables that grow: a line was added, changed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reviewflow.case.model.state import Row


@dataclass(frozen=True, slots=True)
class LineAdded:
    """A line came to a table that grows while its item is open. Its number, from 1, is never another's."""

    KIND: ClassVar[str] = "LineAdded"
    item: str
    question: str
    number: int
    line: Row


@dataclass(frozen=True, slots=True)
class LineChanged:
    """A line of a table that grows says something else from now on; what it said before stands in the history."""

    KIND: ClassVar[str] = "LineChanged"
    item: str
    question: str
    number: int
    line: Row
    reason: str


@dataclass(frozen=True, slots=True)
class LineWithdrawn:
    """A line of a table that grows counts no more; its number is given to no other."""

    KIND: ClassVar[str] = "LineWithdrawn"
    item: str
    question: str
    number: int
    reason: str


LineEvent = LineAdded | LineChanged | LineWithdrawn
