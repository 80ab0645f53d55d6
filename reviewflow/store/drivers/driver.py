"""What the store asks of a database; `sqlite.py` and `postgresql.py` do it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from reviewflow.store.drivers.steps import Dialect, Step, Value

if TYPE_CHECKING:
    from sqlalchemy import Engine

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a database holds, by which a copy is known to be whole."""

    schema: str
    """The last migration."""
    rows: Mapping[str, int]
    """How many, by table."""
    heads: str
    """Over the number and the chain of every case."""


Measure = Callable[[Callable[[str], list[Row]]], Measures]
"""Asks a database, by statements without parameters."""


class Driver(Protocol):
    @property
    def dialect(self) -> Dialect: ...

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        """Run one statement, committed at once, in one round trip; raises NotSetUp or StoreUnavailable."""
        ...

    def commit(self, steps: Sequence[Step]) -> int:
        """Run all steps or none, in one round trip; returns how many rows the last one touched.

        Raises Duplicate, Gone, NotSetUp or StoreUnavailable.
        """
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything that this thread reads meanwhile is of one moment; it must not write."""
        ...

    def engine(self) -> Engine:
        """For migrations: every transaction has the schema to itself."""
        ...

    def dump(self, path: Path, measure: Measure) -> Measures:
        """Write the whole database as it is at one moment into a new file, while others go on writing.

        What `measure` asks is answered as of the same moment. Raises StoreUnavailable.
        """
        ...

    def close(self) -> None: ...


class Closable(Protocol):
    def close(self) -> object: ...


Connection = TypeVar("Connection", bound=Closable)


class PerThread(Generic[Connection]):
    """A connection for each thread, opened when first asked for."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, Connection] = {}

    def get(self) -> Connection:
        try:
            connection: Connection = self._local.connection
        except AttributeError:
            connection = self._connect()
            self._keep(connection)
        return connection

    def _keep(self, connection: Connection) -> None:
        self._local.connection = connection
        with self._lock:
            for thread in [thread for thread in self._open if not thread.is_alive()]:
                self._open.pop(thread).close()
            self._open[threading.current_thread()] = connection

    def drop(self) -> None:
        """Close this thread's connection; the next use opens another."""
        with self._lock:
            connection = self._open.pop(threading.current_thread(), None)
        self._local.__dict__.clear()
        if connection is not None:
            connection.close()

    def close(self) -> None:
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()
        self._local = threading.local()
