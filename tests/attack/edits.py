"""Every edit that somebody with the database may make: of every column of every table, made from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reviewflow.store.tables import METADATA
from tests.attack.places import Copy


class Mended(StrEnum):
    """What is mended after an edit, so that it may pass."""

    NOTHING = "nothing"
    CHAINS = "chains"
    SEALS = "seals"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one row."""

    kind: str
    table: str
    column: str
    row: int
    mended: Mended

    @property
    def about(self) -> tuple[str, str, str, Mended]:
        return self.kind, self.table, self.column, self.mended

    def __str__(self) -> str:
        return f"{self.kind} {self.table}.{self.column} row {self.row}, mended: {self.mended}"


def edits(content: Mapping[str, list[Any]]) -> Iterator[Edit]:
    """Every edit of every row of these tables."""
    for table in METADATA.sorted_tables:
        for row in range(len(content[table.name])):
            for mended in Mended:
                for column in table.c:
                    yield Edit("change", table.name, column.name, row, mended)
                    yield Edit("swap", table.name, column.name, row, mended)
                yield from (Edit(kind, table.name, "", row, mended) for kind in ("delete", "insert", "copy"))


def edited(copy: Copy, edit: Edit) -> int:
    """How many rows the edit touched; raises what the database does when the database does not take it."""
    table = METADATA.tables[edit.table]
    keys = [column.name for column in table.primary_key]
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    names = [column.name for column in table.c]
    rows = [dict(zip(names, row, strict=True)) for row in copy.execute(_select(edit.table, names)).fetchall()]
    rows.sort(key=repr)
    row, other = rows[edit.row], rows[(edit.row + 1) % len(rows)]
    at = [row[key] for key in keys]
    match edit.kind:
        case "change":
            return copy.execute(
                f'UPDATE "{edit.table}" SET "{edit.column}" = ? WHERE {where}', [_other(row[edit.column]), *at]
            ).rowcount
        case "swap":
            return _swap(copy, edit, where, (row, other), keys)
        case "delete":
            return copy.execute(f'DELETE FROM "{edit.table}" WHERE {where}', at).rowcount
        case "copy":
            rest = [name for name in names if name not in keys and row[name] != other[name]]
            if not rest:
                return 0
            assigned = ", ".join(f'"{name}" = ?' for name in rest)
            return copy.execute(
                f'UPDATE "{edit.table}" SET {assigned} WHERE {where}', [*(other[name] for name in rest), *at]
            ).rowcount
    return _insert(copy, edit, names, row, keys)


def _select(table: str, names: Iterable[str]) -> str:
    return f'SELECT {", ".join(chr(34) + name + chr(34) for name in names)} FROM "{table}"'


def _swap(copy: Copy, edit: Edit, where: str, rows: tuple[dict[str, Any], dict[str, Any]], keys: list[str]) -> int:
    row, other = rows
    if row[edit.column] == other[edit.column] or edit.column in keys:
        return 0
    change = f'UPDATE "{edit.table}" SET "{edit.column}" = ? WHERE {where}'
    copy.execute(change, [_other(other[edit.column]), *(other[key] for key in keys)])  # a unique column lets one go
    copy.execute(change, [other[edit.column], *(row[key] for key in keys)])
    return copy.execute(change, [row[edit.column], *(other[key] for key in keys)]).rowcount


def _insert(copy: Copy, edit: Edit, names: list[str], row: dict[str, Any], keys: list[str]) -> int:
    last = keys[-1]
    fresh = {**row, last: 9000 + edit.row if isinstance(row[last], int) else f"{row[last]}x"}
    marks = ", ".join("?" for _ in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    values = [fresh[name] for name in names]
    return copy.execute(f'INSERT INTO "{edit.table}" ({quoted}) VALUES ({marks})', values).rowcount


def _other(value: Any) -> Any:
    """Another value of the same look."""
    if value is None:
        return "2026-05-20T09:00:00+00:00"
    if isinstance(value, int):
        return value + 1
    if len(value) > 9 and value[:4] == "2026":
        return f"2026-06-0{1 + int(value[9]) % 8}{value[10:]}"
    return {"queued": "sent", "sent": "queued", "open": "done", "done": "open"}.get(value, f"{value}x")
