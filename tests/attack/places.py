"""Where a whole office lies, and copies of it in which somebody may do as they like: on each kind of database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

REFUSED = (sqlite3.DatabaseError, psycopg.Error)
"""What a database raises that does not take an edit."""
ALL, COPY = "whole", "copy"


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

    def copied(self, folder: Path) -> str:
        """The address of a fresh copy, of which the caller has one at a time; files lie in this folder."""

    def unlocked(self, url: str) -> AbstractContextManager[Copy]:
        """In the block, a copy of which no trigger and no foreign key is looked after."""


@dataclass(frozen=True)
class File:
    """SQLite."""

    folder: Path

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


@dataclass(frozen=True)
class Server:
    """PostgreSQL, as its superuser."""

    url: str

    @property
    def whole(self) -> str:
        return self._named(ALL)

    def empty(self) -> None:
        """Have the database of the whole office, without anything in it."""
        self._made(ALL, "template1")

    def copied(self, folder: Path) -> str:
        self._made(COPY, ALL)
        return self._named(COPY)

    @contextmanager
    def unlocked(self, url: str) -> Iterator[Copy]:
        with psycopg.connect(url) as connection:
            connection.execute("SET session_replication_role = replica")
            yield _Marked(connection)

    def _named(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/attack_{name}?")

    def _made(self, name: str, like: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS attack_{name} (FORCE)")
            template = like if like == "template1" else f"attack_{like}"
            connection.execute(f"CREATE DATABASE attack_{name} TEMPLATE {template} STRATEGY file_copy")


@dataclass(frozen=True)
class _Marked:
    """Its connection, told values as SQLite is."""

    connection: psycopg.Connection[Any]

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Answer:
        return self.connection.execute(statement.replace("?", "%s").encode(), values or None)

    def commit(self) -> None:
        self.connection.commit()
