"""SQL: statements are declared once over the tables, and compiled once a dialect to what its driver runs.

A `Step` is ready to run. Steps that are committed together neither lean on each other's effect nor lock a row that
another of them changes: SQLite runs them one after another, PostgreSQL as one statement that sees the database as it
was before, the last of them first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Dialect,
    Select,
    Table,
    bindparam,
    case,
    func,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite

from reviewflow.store.records import ERASED
from reviewflow.store.tables import (
    DEFINITIONS,
    DIGESTS,
    ENCLOSURES,
    ITEMS,
    LETTERS,
    PEOPLE,
)

Value = str | int | None
Step = tuple[str, tuple[Value, ...]]

SQLITE: Dialect = sqlite.dialect()
POSTGRESQL: Dialect = postgresql.dialect(paramstyle="format")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Sql:
    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, Value]

    def step(self, **values: Value) -> Step:
        known = {**self.fixed, **values}
        return self.text, tuple([known[name] for name in self.names])


@cache
def compiled(dialect: Dialect, statement: ClauseElement) -> Sql:
    done: Any = statement.compile(dialect=dialect)
    fixed = {name: value for name, value in done.params.items() if not done.binds[name].required}
    return Sql(str(done), tuple(done.positiontup), fixed)


@cache
def stored_columns(table: Table) -> tuple[str, ...]:
    """The columns that we write; a number that the database gives out is not among them."""
    return tuple(column.name for column in table.c if column is not table.autoincrement_column)


@cache
def _insert(dialect: Dialect, table: Table, rows: int) -> str:
    module: Any = sqlite if dialect is SQLITE else postgresql
    row = dict.fromkeys(stored_columns(table))
    statement = module.insert(table).values([row] * rows)
    if table is ITEMS:
        fresh = {name: statement.excluded[name] for name in row if not table.c[name].primary_key}
        statement = statement.on_conflict_do_update(index_elements=["case_id", "item"], set_=fresh)
    if table in (LETTERS, ENCLOSURES):
        keys = [column.name for column in table.primary_key]
        fresh = {name: statement.excluded[name] for name in row if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=fresh)
    if table in (DEFINITIONS, DIGESTS):
        statement = statement.on_conflict_do_nothing()
    return compiled(dialect, statement).text


def insert(dialect: Dialect, table: Table, rows: list[tuple[Value, ...]]) -> Step:
    """These rows in one statement, each in the order of `stored_columns`. An item or a letter replaces what it was."""
    return _insert(dialect, table, len(rows)), tuple([value for row in rows for value in row])


@cache
def narrowed_by(statement: Select[Any], *columns: ColumnElement[Any]) -> Select[Any]:
    """The statement, for those whose columns have the values given by the columns' names."""
    return statement.where(*(column == bindparam(column.key) for column in columns))


def given(name: str) -> ColumnElement[Any]:
    return bindparam(name)


def fixed(word: str) -> ColumnElement[str]:
    """A word in the statement's own text, so that the planner can match a partial index."""
    return literal_column(f"'{word}'")


people = PEOPLE.c


def name_of(by: ColumnElement[str]) -> ColumnElement[str]:
    """Of a key the name that bears it; an older event holds the name itself."""
    return case((people.key.is_(None), by), else_=func.coalesce(people.name, ERASED))
