"""Outages of a database that begin at a chosen statement: what really makes a lock, a time-out, a lost line."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unittest.mock import patch

import psycopg

from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.errors import OutcomeUnknown

TABLES = [
    "cases",
    "items",
    "events",
    "notices",
    "attempts",
    "letters",
    "digests",
    "trouble",
    "last_done",
    "sweeps",
    "leases",
]
BRIEF = "50ms"


class Outage(StrEnum):
    """What becomes of the database."""

    LOCKED = "another program has what is needed"
    TOO_LONG = "a statement takes too long"
    LINE = "the line is lost"
    RESTART = "the server breaks down and is started again"
    ANSWER = "it is recorded, and the answer is lost"
    FULL = "the disk is full"


OF_KIND = {
    Dialect.SQLITE: (Outage.LOCKED, Outage.ANSWER, Outage.FULL),
    Dialect.POSTGRESQL: (Outage.LOCKED, Outage.TOO_LONG, Outage.LINE, Outage.RESTART, Outage.ANSWER),
}


@dataclass(frozen=True, slots=True)
class Blow:
    """An outage that begins at a statement of the first sweep, and ends with that sweep."""

    outage: Outage
    statement: int
    """Which one, counted from 1."""

    @property
    def table(self) -> str:
        return self.outage.name.lower()

    @property
    def about(self) -> tuple[str, int]:
        return self.outage, self.statement % 10


@contextmanager
def before_each(driver: Any, do: Callable[[str], None]) -> Iterator[None]:
    """In the block something is done before each statement, which is told its name: 'rows' or 'commit'."""

    def wrapped(name: str) -> Callable[..., Any]:
        real = getattr(driver, name)

        def statement(*given: Any) -> Any:
            do(name)
            return real(*given)

        return statement

    with patch.object(driver, "rows", wrapped("rows")), patch.object(driver, "commit", wrapped("commit")):
        yield


@contextmanager
def interrupted(driver: Any, blow: Blow) -> Iterator[None]:
    """In the block the outage begins before that statement; it ends with the block."""
    so_far = 0
    with ExitStack() as until_the_end:

        def strike(_: str) -> None:
            nonlocal so_far
            so_far += 1
            if so_far == blow.statement:
                until_the_end.enter_context(_WAYS[blow.outage](driver))

        until_the_end.enter_context(before_each(driver, strike))
        yield


@contextmanager
def _locked(driver: Any) -> Iterator[None]:
    if driver.dialect is Dialect.SQLITE:
        with closing(sqlite3.connect(driver._path, isolation_level=None)) as other:
            driver._connections.get().execute("PRAGMA busy_timeout = 20")
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with _tables_held(driver, f"SET lock_timeout = '{BRIEF}'"):
        yield


@contextmanager
def _too_long(driver: Any) -> Iterator[None]:
    with _tables_held(driver, f"SET lock_timeout = 0; SET statement_timeout = '{BRIEF}'"):
        yield


@contextmanager
def _tables_held(driver: Any, patience: str) -> Iterator[None]:
    """Another has all tables; `patience` says how long the driver's connection waits for them.

    Within a snapshot the driver has those that it read, and nobody can take them from it.
    """
    with psycopg.connect(driver._address()) as other:
        driver._connections.get().execute(patience.encode())
        for table in TABLES:
            with suppress(psycopg.errors.LockNotAvailable), other.transaction():
                other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT".encode())
        yield
        other.rollback()


@contextmanager
def _line(driver: Any) -> Iterator[None]:
    with psycopg.connect(driver._address(), autocommit=True) as other:
        pid = driver._connections.get().info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    yield


@contextmanager
def _restart(driver: Any) -> Iterator[None]:
    """One of its processes is killed, so that the server ends all others and recovers from its log.

    It does that a moment later, when it has seen it: until then it takes connections as if nothing were.
    """
    with closing(psycopg.connect(driver._address(), autocommit=True)) as other, suppress(psycopg.OperationalError):
        os.kill(driver._connections.get().info.backend_pid, signal.SIGKILL)
        while True:
            other.execute("SELECT pg_sleep(0.01)")
    yield


@contextmanager
def _answer_lost(driver: Any) -> Iterator[None]:
    """What is recorded next is recorded, and nobody hears of it; with that the line is gone."""
    real = driver.commit

    def commit(steps: Any) -> int:
        real(steps)
        raise OutcomeUnknown("The database broke off while this was recorded.")

    with patch.object(driver, "commit", commit):
        yield


@contextmanager
def _full(driver: Any) -> Iterator[None]:
    """Not a page more is to be had."""
    connection = driver._connections.get()
    [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield


_WAYS: dict[Outage, Callable[[Any], Any]] = {
    Outage.LOCKED: _locked,
    Outage.TOO_LONG: _too_long,
    Outage.LINE: _line,
    Outage.RESTART: _restart,
    Outage.ANSWER: _answer_lost,
    Outage.FULL: _full,
}


def again_there(url: str) -> None:
    """Wait until a server that broke down takes connections again; it does so by itself."""
    while url.startswith("postgresql"):
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
