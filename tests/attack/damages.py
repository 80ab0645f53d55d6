"""What may be damaged of every row of every table, from the schema, and how the damage is done to a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer

from reviewflow.store.tables import METADATA
from tests.attack.places import NOT_HELD, Copy, Place, Server

NOTHING = 999_999
WAYS: Mapping[bool, Mapping[str, Any]] = {
    False: {
        "NULL": None,
        "a number": "7",
        "bytes": b"\x00\xff\xfe",
        "no text": "",
        "an unknown word": "no such thing",
        "broken JSON": '{"a": [1,',
        "not UTF-8": "CAST(x'52fffe' AS TEXT)",
    },
    True: {"NULL": None, "a text": "x", "below nothing": -1, "too large": 2**40, "bytes": b"\xff"},
}
"""By whether the column is one of numbers."""
OF_ANY_TYPE = {"bytes", "not UTF-8", "a text"}
"""Ways that only a database without types of its own can hold."""


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


def damages(place: Place) -> Iterator[Damage]:
    """Every way in which every row of the whole office here can be damaged, from the schema."""
    left_out = set() if place.takes_any_type else OF_ANY_TYPE
    with place.looked_at() as whole:
        for name, table in METADATA.tables.items():
            keys = [column.name for column in table.primary_key]
            for key in whole.execute(f"SELECT {', '.join(_quoted(k) for k in keys)} FROM {name}").fetchall():
                yield Damage(name, key, "", "deleted")
                for column in table.c:
                    for way in WAYS[isinstance(column.type, Integer)]:
                        if way in left_out:
                            continue
                        yield Damage(name, key, column.name, way)
                    if column.foreign_keys:
                        yield Damage(name, key, column.name, "nothing there")
                    if not isinstance(column.type, Integer):
                        yield Damage(name, key, column.name, "cut short")
        for way in ("deleted", "NULL", "an unknown word"):
            yield Damage("alembic_version", (), "version_num", way)


def owners(place: Place, damage: Damage) -> set[str]:
    """The cases that the damaged row belongs to."""
    query = _OWNERS[damage.table]
    with place.looked_at() as whole:
        return {row[0] for row in whole.execute(query, damage.key[: query.count("?")]).fetchall()}


class Done(StrEnum):
    """Whether a damage could be done."""

    DONE = "done"
    NOT_TAKEN = "not taken"
    THE_SAME = "changes nothing"


def do_damage(damage: Damage, place: Place, url: str) -> Done:
    """Damage this copy."""
    try:
        with place.loosened(url, damage.table, damage.column) as copy:
            return _done(damage, place, copy)
    except NOT_HELD:
        return Done.NOT_TAKEN


def could_do(damage: Damage, place: Server) -> Done:
    """What damaging a copy would come to, without one."""
    try:
        with place.loosened_for_now(damage.table, damage.column) as copy:
            return _done(damage, place, copy)
    except NOT_HELD:
        return Done.NOT_TAKEN


def _done(damage: Damage, place: Place, copy: Copy) -> Done:
    before = _stands(copy, place, damage)
    copy.execute(*_statement(damage))
    return Done.THE_SAME if damage.column and _stands(copy, place, damage) == before else Done.DONE


_CASE = "SELECT reference FROM cases WHERE id = ?"
_OF_NOTICE = "SELECT reference FROM cases JOIN notices ON notices.case_id = cases.id WHERE notices.id = ?"
_NOBODY = "SELECT reference FROM cases WHERE 1 = 0"
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
    return " AND ".join(f"{_quoted(key)} = ?" for key in keys) or "1 = 1"


def _stands(copy: Copy, place: Place, damage: Damage) -> list[Any]:
    """What is in the column, byte for byte."""
    if not damage.column:
        return []
    content = place.byte_for_byte.format(_quoted(damage.column))
    return copy.execute(f"SELECT {content} FROM {damage.table} WHERE {_where(damage)}", damage.key).fetchall()
