"""What somebody with the database and the source may try: every column of every table, made from the schema.

`python -m tests.attack.tamper` tries all of it; `make attack` is this. Each edit is made in a copy of a small office,
with triggers and foreign keys off, in three ways: as it is; with the chains of events mended and the states replayed;
and with every seal made anew as well. What is not named by `audit`, nor by `audit --since` with a head that was kept
before, is a fault, unless the column stands in `FREE`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from reviewflow.case.apply import fold
from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import dump
from reviewflow.service.records.audit import audit
from reviewflow.service.records.sealing import broken
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import link
from reviewflow.store.records import Leaf, NewEvent, Seal
from reviewflow.store.seals import KINDS, seal_hash
from reviewflow.store.store import Store, open_store
from reviewflow.store.tables import METADATA
from tests.attack.office import TOY, build

FREE: Mapping[tuple[str, str], str] = {
    ("cases", "mirrored"): "how far Prefect's picture has come; the next sweep draws it anew",
    ("notices", "next_try"): "when it is tried next, as long as that is within the month",
    ("notices", "tries"): "counts claims, of which some end without a try",
    ("digests", "next_try"): "as of a message",
    ("digests", "tries"): "as of a message",
    ("jobs", "tries"): "how often it was tried: it is done all the same",
    ("jobs", "next_try"): "when it is tried next",
    ("jobs", "error"): "why it was not done yet",
    ("letters", "besides"): "only where its address was erased on purpose: the proof went with it",
    ("events", ""): "added at the end today, chained and replayed, as the program itself adds one; then it is sealed",
    ("sweeps", ""): "added at the end today, as the program itself adds one; an older one is named",
    ("jobs", ""): "added at the end, as the program itself adds one; then it is sealed",
    ("trouble", ""): "what was tried and failed: it is tried again, and cleared when it works",
    (
        "office_files",
        "",
    ): "what is used only while the office's file of that name is broken; the next sweep writes it anew",
    (
        "last_done",
        "",
    ): "when a backup was made, or a route first tried: only the doctor asks; how long steps take",
    ("leases", ""): "that a sweep is at work: it ends by its time",
    ("done_jobs", ""): "added at the end, as the program itself adds one; then it is sealed",
}
"""Columns that may be changed unseen, each with why that changes nothing that was recorded, is owed or was sent."""


class Mended(StrEnum):
    """What is mended after an edit, so that it may pass."""

    NOTHING = "nothing"
    CHAINS = "chains"
    SEALS = "seals"


class Named(StrEnum):
    """What an edit comes to."""

    AUDIT = "named by audit"
    SINCE = "named only by --since"
    REFUSED = "refused by the database"
    SAME = "changes nothing"
    FREE = "allowed"
    SILENT = "SILENT"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one row."""

    kind: str
    table: str
    column: str
    row: int
    mended: Mended

    def __str__(self) -> str:
        return f"{self.kind} {self.table}.{self.column} row {self.row}, mended: {self.mended}"


class Attack:
    """The office, and what becomes of edits in copies of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        office, self.head = build(folder / "office.db")
        assert audit(office) == (len(office.store.cases(None)), [])
        self.content = {table.name: _rows(office.store, table.name) for table in METADATA.sorted_tables}
        office.store.close()
        self.office = office
        self._copies = 0

    def edits(self) -> Iterator[Edit]:
        """Every edit of every row."""
        for table in METADATA.sorted_tables:
            for row in range(len(self.content[table.name])):
                for mended in Mended:
                    for column in table.c:
                        yield Edit("change", table.name, column.name, row, mended)
                        yield Edit("swap", table.name, column.name, row, mended)
                    yield from (Edit(kind, table.name, "", row, mended) for kind in ("delete", "insert", "copy"))

    def made(self, edit: Edit) -> Named:
        """Make an edit in a copy, and look who names it."""
        self._copies += 1
        path = self.folder / f"copy{self._copies % 4}.db"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        with closing(sqlite3.connect(self.folder / "office.db")) as before, closing(sqlite3.connect(path)) as copy:
            before.backup(copy)
            _unlock(copy)
            try:
                changed = _edited(copy, edit)
            except sqlite3.DatabaseError:
                return Named.REFUSED
            if not changed:
                return Named.SAME
            copy.commit()
            _mend(copy, edit.mended)
            copy.commit()
        return self._named(path, edit)

    def _named(self, path: Path, edit: Edit) -> Named:
        store = open_store(f"sqlite:///{path}")
        try:
            return self._looked(store, edit)
        finally:
            store.close()

    def _looked(self, store: Store, edit: Edit) -> Named:
        office = Workspace(store, TOY, own_partnership=self.office.own_partnership)
        read = {name: value for name, value in vars(self.office).items() if name not in {"store", "plans"}}
        vars(office).update(read)
        if edit.mended is not Mended.SEALS and all(
            _rows(store, table.name) == self.content[table.name] for table in METADATA.sorted_tables
        ):
            return Named.SAME
        if audit(office)[1]:
            return Named.AUDIT
        if list(broken(office, [self.head])):
            return Named.SINCE
        may_be = (edit.table, edit.column) in FREE and (edit.column or edit.kind == "insert")
        return Named.FREE if may_be else Named.SILENT


def _rows(store: Store, table: str) -> list[Any]:
    return sorted(store.driver.rows(f'SELECT * FROM "{table}"'), key=repr)


def _unlock(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA foreign_keys = OFF")
    copy.execute("PRAGMA synchronous = OFF")
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f'DROP TRIGGER "{name}"')


def _edited(copy: sqlite3.Connection, edit: Edit) -> int:
    """How many rows the edit touched; raises DatabaseError when the database does not take it."""
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


def _swap(
    copy: sqlite3.Connection, edit: Edit, where: str, rows: tuple[dict[str, Any], dict[str, Any]], keys: list[str]
) -> int:
    row, other = rows
    if row[edit.column] == other[edit.column] or edit.column in keys:
        return 0
    change = f'UPDATE "{edit.table}" SET "{edit.column}" = ? WHERE {where}'
    copy.execute(change, [_other(other[edit.column]), *(other[key] for key in keys)])  # a unique column lets one go
    copy.execute(change, [other[edit.column], *(row[key] for key in keys)])
    return copy.execute(change, [row[edit.column], *(other[key] for key in keys)]).rowcount


def _insert(copy: sqlite3.Connection, edit: Edit, names: list[str], row: dict[str, Any], keys: list[str]) -> int:
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


def _mend(copy: sqlite3.Connection, mended: Mended) -> None:
    if mended is not Mended.NOTHING:
        for case, reference in copy.execute("SELECT id, reference FROM cases").fetchall():
            _chain_anew(copy, case, reference)
    if mended is Mended.SEALS:
        _seal_anew(copy)


def _chain_anew(copy: sqlite3.Connection, case: int, reference: str) -> None:
    """Every event numbered and linked again, and the case replayed, as the program would have it."""
    rows = copy.execute(
        'SELECT number, kind, body, "by", "on", recorded_at FROM events WHERE case_id = ? ORDER BY number', [case]
    ).fetchall()
    head, events = reference, []
    for place, (number, kind, body, by, on, at) in enumerate(rows, start=1):
        head = link(head, place, NewEvent(kind, body, by, on), at)
        change = "UPDATE events SET number = ?, hash = ? WHERE case_id = ? AND number = ?"
        copy.execute(change, [place, head, case, number])
        events.append((kind, body))
    try:
        after = fold(reference, [e.decode(kind, body) for kind, body in events])
    except Exception:  # noqa: BLE001 - what cannot be replayed cannot be mended
        return
    values = [len(events), head, dump(after), after.status, case]
    copy.execute("UPDATE cases SET number = ?, head = ?, state = ?, status = ? WHERE id = ?", values)


def _seal_anew(copy: sqlite3.Connection) -> None:
    """Every row that is there under the seal that it had, those that are new under the last, and the chain again."""
    path = copy.execute("PRAGMA database_list").fetchone()[2]
    copy.commit()
    store = open_store(f"sqlite:///{path}")
    had = {(leaf.kind, leaf.key): leaf.seal for leaf in store.leaves()}
    seals = store.seals()
    leaves: list[Leaf] = []
    try:
        now = [row.leaf for kind in KINDS for row in store.sealable(kind)]
        now += [leaf for row in store.cases(None) if (leaf := store.case_leaf(row.reference))]
        leaves = [_under(leaf, had.get((leaf.kind, leaf.key), len(seals))) for leaf in now]
    finally:
        store.close()
    copy.execute("DELETE FROM sealed")
    copy.executemany(
        "INSERT OR REPLACE INTO sealed VALUES (?, ?, ?, ?, ?, ?)",
        [(leaf.kind, leaf.key, leaf.seal, leaf.number, leaf.hash, leaf.stand) for leaf in leaves],
    )
    _link_seals(copy, seals, leaves)


def _under(leaf: Leaf, seal: int) -> Leaf:
    return Leaf(leaf.kind, leaf.key, leaf.hash, leaf.number, leaf.stand, seal)


def _link_seals(copy: sqlite3.Connection, seals: list[Seal], leaves: list[Leaf]) -> None:
    previous = ""
    for place, seal in enumerate(seals, start=1):
        covered = [leaf for leaf in leaves if leaf.seal == place]
        anew = Seal(place, seal.at, len(covered), seal.settings, seal.note, "")
        previous = seal_hash(previous, anew, covered)
        copy.execute(
            "UPDATE seals SET number = ?, covers = ?, hash = ? WHERE number = ?",
            [place, len(covered), previous, seal.number],
        )


def sample(attack: Attack, number: int, seed: int) -> list[Edit]:
    """So many edits, the columns of all tables in turn."""
    random, edits = Random(seed), list(attack.edits())
    random.shuffle(edits)
    seen: Counter[tuple[str, str, str]] = Counter()
    order = []
    for edit in edits:
        about = (edit.kind, edit.table, edit.column)
        order.append((seen[about], len(order), edit))
        seen[about] += 1
    return [edit for *_, edit in sorted(order, key=lambda entry: entry[:2])][:number]


def main(arguments: list[str]) -> int:
    """Try all, or so many; print the figures and what was silent."""
    with tempfile.TemporaryDirectory() as folder:
        attack = Attack(Path(folder))
        edits = list(attack.edits()) if not arguments else sample(attack, int(arguments[0]), 1)
        counts: Counter[Named] = Counter()
        for edit in edits:
            named = attack.made(edit)
            counts[named] += 1
            if named is Named.SILENT:
                print(edit, flush=True)
    print(f"{len(edits)} edits tried: {', '.join(f'{counts[named]} {named}' for named in Named)}")
    return 1 if counts[Named.SILENT] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
