"""Where a whole office lies, and copies of it in which somebody may do as they like: on each kind of database."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import psycopg
from psycopg import errors

from tests.benchmarks.databases import Kind, place

REFUSED = (sqlite3.DatabaseError, psycopg.Error)
"""What a database raises that does not take an edit."""
NOT_HELD = (sqlite3.IntegrityError, errors.IntegrityError, errors.DataError, errors.InvalidTableDefinition)
"""What a database raises that cannot hold a value in this column, however little it is asked to look."""
ALL, LOOK = "whole", "look"


class Answer(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int: ...

    def fetchall(self) -> list[Any]: ...


class Copy(Protocol):
    """A connection to a copy; `?` stands for a value."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Answer: ...

    def commit(self) -> None: ...


class Place(Protocol):
    """A whole office that nobody is connected to."""

    @property
    def whole(self) -> str:
        """Its address."""

    @property
    def takes_any_type(self) -> bool:
        """Whether a column can be made to hold values of another type."""

    @property
    def byte_for_byte(self) -> str:
        """What to select of a column, of which the name is filled in, to see whether anything in it was changed."""

    def settle(self) -> None:
        """The whole office is as it shall be: from now on it is looked at and copied, by many at once."""

    def looked_at(self) -> AbstractContextManager[Copy]:
        """In the block, the whole office, only to be read."""

    def read(self, url: str) -> AbstractContextManager[Copy]:
        """In the block, a copy, only to be read; text that is none is shown as what it comes near."""

    def loosened(self, url: str, table: str, column: str) -> AbstractContextManager[Copy]:
        """In the block, a copy of which this column takes all that such a database can store; nothing is guarded."""

    def copied(self, folder: Path) -> str:
        """The address of a fresh copy, of which the caller has one at a time; files lie in this folder."""

    def unlocked(self, url: str) -> AbstractContextManager[Copy]:
        """In the block, a copy of which no trigger and no foreign key is looked after."""


@dataclass(frozen=True)
class File:
    """SQLite."""

    folder: Path
    takes_any_type: ClassVar[bool] = True
    byte_for_byte: ClassVar[str] = "typeof({0}), hex(CAST({0} AS BLOB))"

    @property
    def whole(self) -> str:
        return f"sqlite:///{self.folder / 'office.db'}"

    def copied(self, folder: Path) -> str:
        path = folder / "copy.db"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.folder / "office.db", path)
        return f"sqlite:///{path}"

    @contextmanager
    def unlocked(self, url: str) -> Iterator[Copy]:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as copy:
            copy.execute("PRAGMA foreign_keys = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                copy.execute(f'DROP TRIGGER "{name}"')
            yield copy

    def settle(self) -> None:
        """A file that nobody changes can be read by anybody."""

    @contextmanager
    def looked_at(self) -> Iterator[Copy]:
        whole = self.folder / "office.db"  # nothing is made beside it, while others copy it
        with closing(sqlite3.connect(f"{whole.as_uri()}?immutable=1", uri=True)) as connection:
            yield connection

    @contextmanager
    def read(self, url: str) -> Iterator[Copy]:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            yield connection

    @contextmanager
    def loosened(self, url: str, table: str, column: str) -> Iterator[Copy]:
        """What SQLite asks of a table stands in its text, which is changed, and afterwards as migrations made it."""
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            texts = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            _rewrite(connection, [(re.sub(r"\s*,?\s*STRICT\s*$| NOT NULL", "", sql), name) for name, sql in texts])
            yield connection
            _rewrite(connection, [(sql, name) for name, sql in texts])
            for _, sql in triggers:
                connection.execute(sql)


def _rewrite(connection: sqlite3.Connection, texts: list[tuple[str, str]]) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("BEGIN")
    connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", texts)
    connection.execute("COMMIT")
    connection.execute("PRAGMA writable_schema = RESET")


@dataclass(frozen=True)
class Server:
    """PostgreSQL, as its superuser."""

    url: str
    name: str = "attack"
    """What its databases are called by, so that another office may be on the server."""
    takes_any_type: ClassVar[bool] = False
    byte_for_byte: ClassVar[str] = "{0}"

    @property
    def whole(self) -> str:
        return self._named(ALL)

    def empty(self) -> None:
        """Have the database of the whole office, without anything in it."""
        self._made(ALL, "template1")

    def copied(self, folder: Path) -> str:
        mine = f"copy_{os.getpid()}"
        self._made(mine, ALL)
        return self._named(mine)

    @contextmanager
    def unlocked(self, url: str) -> Iterator[Copy]:
        with psycopg.connect(url) as connection:
            connection.execute("SET session_replication_role = replica")
            yield _Marked(connection)

    def settle(self) -> None:
        """Nobody may be connected to a database while it is copied, so that it is another one that is read."""
        self._made(LOOK, ALL)

    @contextmanager
    def looked_at(self) -> Iterator[Copy]:
        with self.read(self._named(LOOK)) as connection:
            yield connection

    @contextmanager
    def read(self, url: str) -> Iterator[Copy]:
        with psycopg.connect(url) as connection:
            yield _Marked(connection)

    @contextmanager
    def loosened(self, url: str, table: str, column: str) -> Iterator[Copy]:
        """As whoever owns the tables may leave one: empty where nothing may be."""
        with self.unlocked(url) as copy:
            if column:
                copy.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP NOT NULL')
            yield copy

    @contextmanager
    def loosened_for_now(self, table: str, column: str) -> Iterator[Copy]:
        """In the block, the whole office so; nothing stays of what is done to it."""
        with psycopg.connect(self._named(LOOK)) as connection:
            connection.execute("SET session_replication_role = replica")
            if column:
                connection.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP NOT NULL'.encode())
            try:
                yield _Marked(connection)
            finally:
                connection.rollback()

    def _named(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/{self.name}_{name}?")

    def _made(self, name: str, like: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name}_{name} (FORCE)")
            template = like if like == "template1" else f"{self.name}_{like}"
            connection.execute(f"CREATE DATABASE {self.name}_{name} TEMPLATE {template} STRATEGY file_copy")


@dataclass(frozen=True)
class _Marked:
    """Its connection, told values as SQLite is."""

    connection: psycopg.Connection[Any]

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Answer:
        return self.connection.execute(statement.replace("?", "%s").encode(), values or None)

    def commit(self) -> None:
        self.connection.commit()


@contextmanager
def placed(kind: Kind, folder: Path) -> Iterator[Place]:
    """In the block, a place on such a database for an office, with nothing in it; files lie in this folder."""
    if kind is Kind.SQLITE:
        yield File(folder)
        return
    with place(kind) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        server = Server(url)
        server.empty()
        yield server
