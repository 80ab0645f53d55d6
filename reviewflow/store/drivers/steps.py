"""Statements as a driver runs them.

A `Step` is ready to run. Steps that are committed together neither lean on each other's effect nor lock a row that
another of them changes: SQLite runs them one after another, PostgreSQL as one statement that sees the database as it
was before, the last of them first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | None
Step = tuple[str, tuple[Value, ...]]


class Dialect(StrEnum):
    """Whose SQL it is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement's text, the names of its values in their order, and those of its values that never change."""

    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, Value]

    def step(self, **values: Value) -> Step:
        """The statement with its values; raises KeyError when one is missing."""
        parameters = {**self.fixed, **values}
        return self.text, tuple([parameters[name] for name in self.names])


@dataclass(frozen=True, slots=True)
class Insertion:
    """A statement that inserts rows: what stands before them, each of them, and what stands after."""

    head: str
    row: str
    tail: str

    def text(self, rows: int) -> str:
        """The statement for so many rows."""
        return f"{self.head}{', '.join([self.row] * rows)}{self.tail}"
