"""Statements made into what the drivers run: by name, and all of them for the files in `sql/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import ClauseElement, Table
from sqlalchemy import Dialect as SqlDialect
from sqlalchemy.dialects import postgresql, sqlite

from reviewflow.store.drivers.steps import Dialect, Insertion, Sql, Value
from reviewflow.store.statements import cases, contacts, digests, disposal, jobs, notices, people, seals
from reviewflow.store.statements.office import links, office_files, office_log, prefect_view, trouble
from reviewflow.store.statements.sql import narrowed_by, stored_columns
from reviewflow.store.tables import (
    CONTACTS,
    DEFINITIONS,
    DIGESTS,
    ENCLOSURES,
    ITEMS,
    LAST_DONE,
    LETTERS,
    LINKS,
    METADATA,
    OFFICE_FILES,
    TROUBLE,
)

DIALECTS: Mapping[Dialect, SqlDialect] = {
    Dialect.SQLITE: sqlite.dialect(),
    Dialect.POSTGRESQL: postgresql.dialect(paramstyle="format"),  # type: ignore[no-untyped-call]
}
SIZES = (1, 2, 3, 4)
"""For how many rows a statement that grows with them is written down."""
NARROWED = (
    "CASE_ROWS cases.status",
    "ITEM_ROWS cases.reference",
    "ITEM_ROWS items.status",
    "ITEM_ROWS cases.reference items.status",
    "NOTICE_ROWS cases.reference",
    "NOTICE_ROWS notices.status",
    "NOTICE_ROWS cases.reference notices.status",
    "MESSAGE_ROWS cases.reference",
    "DIGEST_ROWS digests.status",
    "OFFICE_ROWS office.kind",
    "OFFICE_ROWS office.kind office.body",
)


def declared(name: str) -> ClauseElement:
    """A statement by name: LOAD; `load_these 3` for three; `CASE_ROWS cases.status` for those of a given status.

    Raises LookupError when there is none of that name.
    """
    word, *rest = name.split()
    statement = _DECLARED[word]
    if callable(statement):
        sized: ClauseElement = statement(int(rest[0]))
        return sized
    parts = [column.split(".") for column in rest]
    return narrowed_by(statement, *(METADATA.tables[table].c[column] for table, column in parts)) if rest else statement


def compiled(dialect: Dialect, statement: ClauseElement) -> Sql:
    """A statement as SQL of a dialect."""
    done: Any = statement.compile(dialect=DIALECTS[dialect])
    fixed: dict[str, Value] = {name: value for name, value in done.params.items() if not done.binds[name].required}
    return Sql(str(done), tuple(done.positiontup), fixed)


def insertion(dialect: Dialect, table: Table) -> Insertion:
    """The parts of a statement that inserts rows, cut from one that inserts two."""
    text = compiled(dialect, _inserting(dialect, table)).text
    head, row, tail = _split(text)
    return Insertion(head, row, tail.removeprefix(f", {row}"))


def _split(text: str) -> tuple[str, str, str]:
    begins = text.index("(", text.index("VALUES"))
    ends = text.index(")", begins) + 1
    return text[:begins], text[begins:ends], text[ends:]


def _inserting(dialect: Dialect, table: Table) -> ClauseElement:
    module: Any = sqlite if dialect is Dialect.SQLITE else postgresql
    row = dict.fromkeys(stored_columns(table))
    statement = module.insert(table).values([row] * 2)
    if table in (ITEMS, LETTERS, ENCLOSURES, CONTACTS, TROUBLE, OFFICE_FILES, LAST_DONE):
        keys = [column.name for column in table.primary_key]
        fresh = {name: statement.excluded[name] for name in row if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=fresh)
    if table in (DEFINITIONS, DIGESTS, LINKS):
        statement = statement.on_conflict_do_nothing()
    made: ClauseElement = statement
    return made


def everything(dialect: Dialect) -> dict[str, dict[str, object]]:
    """All that is written down for a dialect."""
    return {
        "statements": {name: asdict(compiled(dialect, declared(name))) for name in _names()},
        "insertions": {table.name: asdict(insertion(dialect, table)) for table in METADATA.sorted_tables},
    }


def _names() -> Iterator[str]:
    for word, statement in _DECLARED.items():
        yield from (f"{word} {size}" for size in SIZES) if callable(statement) else (word,)
    yield from NARROWED


_SIZED = (
    cases.load_these,
    cases.last_of_kinds,
    cases.open_items_of,
    notices.claim_these,
    notices.messages_of,
    notices.postpone,
    notices.withdraw,
    digests.claim_digests,
    digests.postpone_digests,
    people.erase,
    people.note_erasing,
)
_DECLARED: Mapping[str, Any] = {
    **{sized.__name__: sized for sized in _SIZED},
    **{
        name: value
        for module in (
            cases,
            contacts,
            jobs,
            links,
            notices,
            digests,
            office_log,
            disposal,
            prefect_view,
            people,
            seals,
            trouble,
            office_files,
        )
        for name, value in vars(module).items()
        if name.isupper()
        and not name.startswith("_")
        and isinstance(value, ClauseElement)
        and not isinstance(value, Table)
    },
}
