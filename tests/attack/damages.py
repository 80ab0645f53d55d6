"""What may be damaged of every row of every table, from the schema, and how the damage is done to a file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Integer

from reviewflow.store.tables import METADATA

NOTHING = 999_999
WAYS: Mapping[bool, Mapping[str, Any]] = {
    False: {
        "NULL": None,
        "a number": 7,
        "bytes": b"\x00\xff\xfe",
        "no text": "",
        "an unknown word": "no such thing",
        "broken JSON": '{"a": [1,',
        "not UTF-8": "CAST(x'52fffe' AS TEXT)",
    },
    True: {"NULL": None, "a text": "x", "below nothing": -1, "too large": 2**40, "bytes": b"\xff"},
}
"""By whether the column is one of numbers."""


@dataclass(frozen=True)
class Damage:
    """One value in one row, or the whole row, and how it is damaged."""

    table: str
    key: tuple[Any, ...]
    column: str
    way: str

    @property
    def about(self) -> tuple[str, str, str]:
        return self.table, self.column, self.way

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.column}: {self.way}"


def looked_at(whole: Path) -> sqlite3.Connection:
    """A file that nobody changes: nothing is made beside it, while others copy it."""
    return sqlite3.connect(f"{whole.as_uri()}?immutable=1", uri=True)


def damages(whole: Path) -> Iterator[Damage]:
    """Every way in which every row of this file can be damaged, from the schema."""
    with closing(looked_at(whole)) as connection:
        for name, table in METADATA.tables.items():
            keys = [column.name for column in table.primary_key]
            for key in connection.execute(f"SELECT {', '.join(_quoted(k) for k in keys)} FROM {name}").fetchall():
                yield Damage(name, key, "", "deleted")
                for column in table.c:
                    for way in WAYS[isinstance(column.type, Integer)]:
                        yield Damage(name, key, column.name, way)
                    if column.foreign_keys:
                        yield Damage(name, key, column.name, "nothing there")
                    if not isinstance(column.type, Integer):
                        yield Damage(name, key, column.name, "cut short")
        for way in ("deleted", "NULL", "an unknown word"):
            yield Damage("alembic_version", (), "version_num", way)


def owners(whole: Path, damage: Damage) -> set[str]:
    """The cases that the damaged row belongs to."""
    query = _OWNERS[damage.table]
    with closing(looked_at(whole)) as connection:
        return {row[0] for row in connection.execute(query, damage.key[: query.count("?")])}


class Done(StrEnum):
    """Whether a damage could be done."""

    DONE = "done"
    NOT_TAKEN = "not taken"
    THE_SAME = "changes nothing"


def do_damage(damage: Damage, path: Path) -> Done:
    """Damage this file."""
    try:
        with _loosened(path) as connection:
            before = _stands(connection, damage)
            connection.execute(*_statement(damage))
            is_same = bool(damage.column) and _stands(connection, damage) == before
    except sqlite3.IntegrityError:
        return Done.NOT_TAKEN
    return Done.THE_SAME if is_same else Done.DONE


_CASE = "SELECT reference FROM cases WHERE id = ?"
_OF_NOTICE = "SELECT reference FROM cases JOIN notices ON notices.case_id = cases.id WHERE notices.id = ?"
_NOBODY = "SELECT reference FROM cases WHERE 0"
_OWNERS = {
    **dict.fromkeys(("cases", "events", "items", "contacts"), _CASE),
    **dict.fromkeys(("attempts", "enclosures"), _OF_NOTICE),
    "notices": _OF_NOTICE,
    "jobs": "SELECT reference FROM cases JOIN jobs ON jobs.case_id = cases.id WHERE jobs.id = ?",
    "letters": "SELECT reference FROM cases JOIN notices ON notices.case_id = cases.id"
    " JOIN enclosures ON notice = notices.id WHERE letter = ?",
    "done_jobs": "SELECT reference FROM cases JOIN done_jobs ON done_jobs.case_id = cases.id WHERE done_jobs.job = ?",
    "dispatches": "SELECT cases.reference FROM cases JOIN notices ON notices.case_id = cases.id"
    " JOIN enclosures ON notice = notices.id JOIN dispatches ON dispatches.letter = enclosures.letter"
    " WHERE dispatches.id = ?",
    "definitions": "SELECT reference FROM cases WHERE definition = ?",
    **dict.fromkeys(
        (
            "seals",
            "sealed",
            "digest_attempts",
            "people",
            "digests",
            "office",
            "sweeps",
            "destroyed",
            "trouble",
            "leases",
            "office_files",
            "last_done",
            "alembic_version",
        ),
        _NOBODY,
    ),
}


def _quoted(name: str) -> str:
    return f'"{name}"'


def _statement(damage: Damage) -> tuple[str, tuple[Any, ...]]:
    if damage.way == "deleted":
        return f"DELETE FROM {damage.table} WHERE {_where(damage)}", damage.key
    value, values = _instead(damage)
    return f"UPDATE {damage.table} SET {_quoted(damage.column)} = {value} WHERE {_where(damage)}", (
        *values,
        *damage.key,
    )


def _instead(damage: Damage) -> tuple[str, tuple[Any, ...]]:
    """What is written into the column: in SQL, and the values of it."""
    is_number = damage.table in METADATA.tables and isinstance(
        METADATA.tables[damage.table].c[damage.column].type, Integer
    )
    match damage.way:
        case "nothing there":
            return "?", (NOTHING if is_number else "nothing",)
        case "cut short":
            column = _quoted(damage.column)
            return f"substr({column}, 1, length({column}) / 2)", ()
        case "not UTF-8":
            return WAYS[False][damage.way], ()
    return "?", (WAYS[is_number][damage.way],)


def _where(damage: Damage) -> str:
    keys = [column.name for column in METADATA.tables[damage.table].primary_key] if damage.key else []
    return " AND ".join(f"{_quoted(key)} IS ?" for key in keys) or "1"


def _stands(connection: sqlite3.Connection, damage: Damage) -> list[Any]:
    """What is in the column, byte for byte."""
    if not damage.column:
        return []
    column = _quoted(damage.column)
    content = f"typeof({column}), hex(CAST({column} AS BLOB))"
    return connection.execute(f"SELECT {content} FROM {damage.table} WHERE {_where(damage)}", damage.key).fetchall()


@contextmanager
def _loosened(path: Path) -> Iterator[sqlite3.Connection]:
    """The tables take anything in the block, as a damaged file does; before and after they are what migrations made.

    What SQLite asks of a table stands in its own text, which is changed here.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    texts = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    _rewrite(connection, [(re.sub(r"\s*,?\s*STRICT\s*$| NOT NULL", "", sql), name) for name, sql in texts])
    try:
        yield connection
        _rewrite(connection, [(sql, name) for name, sql in texts])
        for _, sql in triggers:
            connection.execute(sql)
    finally:
        connection.close()


def _rewrite(connection: sqlite3.Connection, texts: list[tuple[str, str]]) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("BEGIN")
    connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", texts)
    connection.execute("COMMIT")
    connection.execute("PRAGMA writable_schema = RESET")
