"""The store in one file: the default."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING

from reviewflow.store.drivers.driver import Measure, Measures, PerThread, Row
from reviewflow.store.drivers.steps import Dialect, Step, Value
from reviewflow.store.errors import (
    DAMAGED,
    MAY_BE,
    DamagedRow,
    Duplicate,
    Gone,
    HeldByOthers,
    NotSetUp,
    OutcomeUnknown,
    StoreUnavailable,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PATIENCE = 10.0  # seconds to wait for another writer

_ON_CONNECT = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased or destroyed is overwritten in the file
)
_REASONS = {
    "SQLITE_BUSY": f"another program has been writing to it for {PATIENCE:.0f} seconds; nothing was changed, try again",
    "SQLITE_LOCKED": "another program has it locked; nothing was changed, try again",
    "SQLITE_READONLY": "it may not be written to; check who owns the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that the folder exists and who owns it",
    "SQLITE_FULL": "the disk is full; nothing was changed, make room and try again",
    "SQLITE_IOERR": "the disk could not be read or written; nothing was changed",
    "SQLITE_NOTADB": "the file is not a database; restore it from a backup or choose another place",
    "SQLITE_CORRUPT": "the file is damaged; restore it from a backup",
}


_HELD = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL"}
_FOR_WANT_OF_ROOM = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
"""What SQLite says as well where the disk is full: also whoever only reads has a file beside the database."""
ROOM = 1_000_000
"""Bytes without which nothing can be recorded."""
_NOT_TEXT = "Could not decode to UTF-8"


def _readable(data: bytes) -> str:
    """A damaged text as far as it can be read: one bad row must not keep all others from being read."""
    return data.decode("utf-8", "replace")


class SqliteDriver:
    dialect = Dialect.SQLITE

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._connections = PerThread(self._connect)

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        try:
            connection = self._connections.get()
            try:
                return connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if not str(error).startswith(_NOT_TEXT):
                    raise
                connection.text_factory = _readable
                return connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error

    def commit(self, steps: Sequence[Step]) -> int:
        try:
            connection = self._connections.get()
            return _run(connection, steps)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_IOERR"):
                words = f"The database {self._path} could not be read or written while this was recorded. {MAY_BE}"
                raise OutcomeUnknown(words) from error
            raise self._explained(error) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        self.rows("BEGIN")
        try:
            yield
        finally:
            connection = self._connections.get()
            if connection.in_transaction:
                connection.rollback()

    def engine(self) -> Engine:
        from sqlalchemy import NullPool, create_engine, event

        engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def dump(self, path: Path, measure: Measure) -> Measures:
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as copy:
                self._connections.get().backup(copy)  # one read transaction: whoever writes does not wait
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
                return measure(lambda sql: copy.execute(sql).fetchall())
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error

    def close(self) -> None:
        self._connections.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"The database {self._path} cannot be opened: {error.strerror}.") from error
        try:
            connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error
        try:
            _for_us_only(self._path)
            _log_ahead(connection)
            for pragma in _ON_CONNECT:
                connection.execute(pragma)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise self._explained(error) from error
        return connection

    def _explained(self, error: sqlite3.DatabaseError) -> Exception:
        name, message = getattr(error, "sqlite_errorname", ""), str(error)
        if name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
            return Duplicate(message)
        if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
            return Gone(message)
        if message.startswith(("no such table", "no such column")) or "has no column" in message:
            return NotSetUp(f"The database {self._path} has not been set up for this version: {message}.")
        if message.startswith(("malformed", "Could not decode to UTF-8")):
            name = "SQLITE_CORRUPT"
        if name.startswith("SQLITE_CONSTRAINT"):
            return DamagedRow(f"The database {self._path} does not take what was to be written: {message}. {DAMAGED}")
        if name.startswith(_FOR_WANT_OF_ROOM) and _is_full(self._path.parent):
            name = "SQLITE_FULL"
        for code, reason in _REASONS.items():
            if name.startswith(code):
                kind = HeldByOthers if code in _HELD else StoreUnavailable
                return kind(f"The database {self._path} cannot be used: {reason}.")
        return error


def _is_full(folder: Path) -> bool:
    try:
        return disk_usage(folder).free < ROOM
    except OSError:
        return False


def _for_us_only(path: Path) -> None:
    """Mode 0600, without opening the file: to close it again would drop the locks of our other connections to it.

    Windows knows neither such modes nor user numbers: there the folder's own permissions decide who may read.
    """
    if hasattr(os, "getuid") and path.stat().st_uid == os.getuid() and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch a new file to write-ahead logging. When another does so too SQLite does not wait, so we queue for it."""
    for _ in range(20):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _run(connection: sqlite3.Connection, steps: Sequence[Step]) -> int:
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    try:
        for sql, values in steps:
            touched = execute(sql, values).rowcount
        execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.rollback()
    return touched
