"""What statements are declared with."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    bindparam,
    case,
    func,
    literal_column,
)

from reviewflow.store.records import ERASED
from reviewflow.store.tables import PEOPLE


@cache
def stored_columns(table: Table) -> tuple[str, ...]:
    """The columns that we write; a number that the database gives out is not among them."""
    return tuple(column.name for column in table.c if column is not table.autoincrement_column)


@cache
def narrowed_by(statement: Select[Any], *columns: ColumnElement[Any]) -> Select[Any]:
    """The statement for rows in which these columns have given values, each a parameter with the column's name."""
    return statement.where(*(column == bindparam(column.key) for column in columns))


def given(name: str) -> ColumnElement[Any]:
    """A parameter of a statement, given when it is run."""
    return bindparam(name)


def fixed(word: str) -> ColumnElement[str]:
    """A word in the statement's own text, so that the planner can match a partial index."""
    return literal_column(f"'{word}'")


people = PEOPLE.c


def name_of(by: ColumnElement[str]) -> ColumnElement[str]:
    """The name to a key, also when it was erased; an older event holds the name itself."""
    return case((people.key.is_(None), by), else_=func.coalesce(people.name, ERASED))
