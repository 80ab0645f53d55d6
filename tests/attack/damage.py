"""Every row of every table damaged in every way, and each case that it does not belong to chased as if it were whole.

`python -m tests.attack.damage` does all of it and says what differed; `test_damage.py` takes a sample.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Integer

from reviewflow.case.model import commands as c
from reviewflow.errors import OURS, ReviewflowError
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry, Trouble
from reviewflow.store.store import open_store
from reviewflow.store.tables import METADATA
from tasks.sweep_once import sweep_once
from tests.service.builders import BY, at, done, finished, opened

TOY = Path(__file__).parents[1] / "toy"
DIGESTS = """
digests:
  morning: {title: What is late, to: [business_support], every: working day}
"""
MOMENTS = (at(19, 9), at(20, 9))
"""When the damaged office is swept, and again, because what is put off may come later."""
SHARED = {"office", "alembic_version"}
"""Tables whose rows all cases share: damage there may stop all, in words."""
OF_NOTICE = {"attempts": "notice", "enclosures": "notice"}
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

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.column}: {self.way}"


@dataclass(frozen=True)
class Office:
    """A small office in a file whose tables take anything, and what a sweep makes of it when it is whole."""

    folder: Path

    @property
    def whole(self) -> Path:
        return self.folder / "whole.db"

    @cached_property
    def definitions(self) -> Path:
        return self.folder / "definitions"

    @contextmanager
    def workspace(self, path: Path) -> Iterator[Workspace]:
        store = open_store(f"sqlite:///{path}")
        try:
            store.migrate()
            store.driver.rows("PRAGMA synchronous = OFF")
            fresh = Workspace(store, self.definitions, papers=self.folder / "papers")
            fresh.__dict__.update(self._read)
            yield fresh
        finally:
            store.close()

    @cached_property
    def _read(self) -> dict[str, Any]:
        files = Workspace(open_store("sqlite:///never"), self.definitions)
        return {"library": files.library, "partnership": files.partnership, "calendars": files.calendars}

    def damages(self) -> Iterator[Damage]:
        """Every way in which every row can be damaged, from the schema."""
        with closing(sqlite3.connect(self.whole)) as connection:
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

    def apply(self, damage: Damage, path: Path) -> bool:
        """Damage a copy; False when the database itself does not let it."""
        copied(self.whole, path)
        try:
            with _loosened(path) as connection:
                connection.execute(*_statement(damage))
        except sqlite3.IntegrityError:
            return False
        return True

    def owners(self, damage: Damage) -> set[str]:
        """The cases that the damaged row belongs to."""
        with closing(sqlite3.connect(self.whole)) as connection:
            return {
                row[0]
                for row in connection.execute(_OWNERS[damage.table], damage.key[: _OWNERS[damage.table].count("?")])
            }

    def seen(self, path: Path) -> dict[str, Any]:
        """What two sweeps make of each case: its history, its state, what it owes and what was written about it."""
        with self.workspace(path) as workspace:
            for moment in MOMENTS:
                self.sweep(workspace, moment)
        with closing(sqlite3.connect(path)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            return {
                reference: [connection.execute(sql, (number,)).fetchall() for sql in _SEEN]
                for reference, number in self._cases
            }

    @cached_property
    def _cases(self) -> list[tuple[str, int]]:
        with closing(sqlite3.connect(self.whole)) as connection:
            return connection.execute("SELECT reference, id FROM cases").fetchall()

    @cached_property
    def expected(self) -> dict[str, Any]:
        path = self.folder / "expected.db"
        copied(self.whole, path)
        return self.seen(path)

    def sweep(self, workspace: Workspace, moment: datetime) -> None:
        environ = {"REVIEWFLOW_OUTBOX_FOLDER": str(self.folder / "messages")}
        sweep_once(workspace, environ, clock=lambda: moment, mode=delivery_mode(workspace, environ).mode)

    def harm(self, damage: Damage, path: Path) -> str:
        """What the damage did to cases that it does not belong to, in words; '' for nothing."""
        if not self.apply(damage, path):
            return ""
        try:
            seen = self.seen(path)
        except ReviewflowError as refused:
            if damage.table in SHARED and refused.exit_status == OURS and len(str(refused)) > 40:
                return ""
            return f"{damage}\n  refused: {type(refused).__name__}: {refused}"
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            return f"{damage}\n  {type(error).__name__}: {error}"
        owners = self.owners(damage)
        harmed = [name for name, was in self.expected.items() if name not in owners and seen.get(name) != was]
        differences = [f"  {name}: {_difference(self.expected[name], seen[name])}" for name in harmed]
        return "\n".join([str(damage), *differences]) if harmed else ""


def copied(whole: Path, path: Path) -> None:
    for rest in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    shutil.copy(whole, path)


def _difference(was: list[list[Any]], now: list[list[Any]]) -> str:
    for place, (before, after) in enumerate(zip(was, now, strict=True)):
        if before != after:
            gone, new = [row for row in before if row not in after], [row for row in after if row not in before]
            return f"{_SEEN[place][:40]}: {gone[:2]} became {new[:2]}"
    return ""


_SEEN = (
    'SELECT number, kind, "on", recorded_at, body FROM events WHERE case_id = ? ORDER BY number',
    "SELECT status, state FROM cases WHERE id = ?",
    "SELECT item, status, due, next_chase FROM items WHERE case_id = ? ORDER BY item",
    "SELECT event, item, recipient, message, subject, text, status, sent_at FROM notices WHERE case_id = ? ORDER BY id",
)
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
    table = damage.table
    keys = [column.name for column in METADATA.tables[table].primary_key] if table in METADATA.tables else []
    where = " AND ".join(f"{_quoted(key)} IS ?" for key in keys) or "1"
    if damage.way == "deleted":
        return f"DELETE FROM {table} WHERE {where}", damage.key
    column = _quoted(damage.column)
    if damage.way == "nothing there":
        number = isinstance(METADATA.tables[table].c[damage.column].type, Integer)
        return f"UPDATE {table} SET {column} = ? WHERE {where}", (NOTHING if number else "nothing", *damage.key)
    if damage.way == "cut short":
        return f"UPDATE {table} SET {column} = substr({column}, 1, length({column}) / 2) WHERE {where}", damage.key
    if damage.way == "not UTF-8":
        return f"UPDATE {table} SET {column} = {WAYS[False][damage.way]} WHERE {where}", damage.key
    number = table in METADATA.tables and isinstance(METADATA.tables[table].c[damage.column].type, Integer)
    return f"UPDATE {table} SET {column} = ? WHERE {where}", (WAYS[number][damage.way], *damage.key)


def make_office(folder: Path) -> Office:
    """An office with five cases of two processes, in the middle of its work."""
    shutil.copytree(TOY, folder / "definitions")
    with (folder / "definitions" / "partnership.yaml").open("a") as partnership:
        partnership.write(DIGESTS)
    office = Office(folder)
    with office.workspace(office.whole) as workspace:
        _live(office, workspace)
    return office


def _live(office: Office, workspace: Workspace) -> None:
    workspace.store.note(LogEntry("2026-05-04T09:00:00+00:00", "A. Manager", "delivery", Mode.TEST))
    first, second = opened(workspace), opened(workspace)
    third = opened(workspace, ("health", "school"))
    plan = c.Open({"decided": at(12).date()}, ("police",))
    open_case(workspace, "follow_up", plan, by=BY, now=at(12))
    office.sweep(workspace, at(12, 9))
    done(workspace, second, "agency_return/police", at(13))
    carry_out(workspace, third, c.Snooze("agency_return/school", at(15).date(), "leave"), by=BY, now=at(13))
    office.sweep(workspace, at(15, 9))
    finished(workspace, first, learning="yes")
    workspace.store.note_trouble(
        Trouble("chase", "case", "TR-2026-009", "KeyError", *[stamp(at(15))] * 2, 1, stamp(at(16)))
    )
    workspace.store.take_lease("sweep", "somebody", stamp(at(15)), stamp(at(16)))
    record_sweep(workspace, (at(15), at(15)), chased=1, sent=1, failed=0, note="")


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


def main() -> int:
    begun, sample = time.monotonic(), int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder))
        damages = list(office.damages())
        if sample:
            damages = random.Random(26).sample(damages, sample)
        harms = [harm for damage in damages if (harm := office.harm(damage, Path(folder) / "damaged.db"))]
    print("\n".join(harms))
    print(f"{len(damages)} damages, {len(harms)} harmed what is not theirs; {time.monotonic() - begun:.0f} s")
    return bool(harms)


if __name__ == "__main__":
    sys.exit(main())
