"""The store on a PostgreSQL server, for anything shared."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

import psycopg
from psycopg import errors
from psycopg import sql as composed
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int4Dumper
from sqlalchemy import URL, Engine, NullPool, create_engine, event
from sqlalchemy import Connection as SqlConnection

from reviewflow.store.drivers.driver import Measure, Measures, PerThread, Row
from reviewflow.store.drivers.postgresql_programs import run_dump, run_restore, server_program
from reviewflow.store.drivers.postgresql_refusals import FULL, why_refused
from reviewflow.store.drivers.steps import Dialect, Step, Value
from reviewflow.store.errors import (
    DAMAGED,
    MAY_BE,
    DamagedRow,
    DiskFull,
    Duplicate,
    Gone,
    HeldByOthers,
    NotSetUp,
    OutcomeUnknown,
    StoreUnavailable,
)

PATIENCE = 10
"""Seconds to wait for a connection, or for what another program has locked."""
LONGEST = 120
"""Seconds that one statement may take."""
TRIES = 5
"""How often a statement is tried that met another which waited for it; each try lasts the server's deadlock_timeout."""
PAUSE = 0.05
"""Seconds before it is tried again, so that the one that waited goes first."""
_LIMITS = f"SET lock_timeout = '{PATIENCE}s'; SET statement_timeout = '{LONGEST}s'"
_MIGRATING = 7_345_001  # the advisory lock of whoever changes the schema
_ANY_TABLE = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
_OUR_FUNCTIONS = (
    "SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = current_schema()::regnamespace"
    " AND prorettype = 'trigger'::regtype AND proname LIKE 'refuse%'"
)
_Connection = psycopg.Connection[Row]


_LOCKED = f"another program has had what this needs for {PATIENCE} seconds; nothing was changed, try again"
_CROSSED = "others were changing the same, each time that it was tried; nothing was changed, try again"
_ONLY_READ = "it can only be read now, as a copy that stands by or was not made the main one; nothing was changed"
_TOO_LONG = f"it took more than {LONGEST} seconds, or somebody stopped it; nothing was changed, try again"


class _BrokenOff(HeldByOthers):
    """The line to the server broke before it answered."""


class _Crossed(HeldByOthers):
    """Two waited for each other, or wrote the same where that is forbidden; this one was rolled back as a whole."""


class PostgresqlDriver:
    dialect = Dialect.POSTGRESQL

    def __init__(self, url: URL) -> None:
        self._url = url
        self._connections: PerThread[_Connection] = PerThread(self._connect)

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        return self._execute_among_others(_joined((sql,)), values).fetchall()

    def commit(self, steps: Sequence[Step]) -> int:
        sql = _joined(tuple([step[0] for step in steps]))
        values = tuple([value for step in steps for value in step[1]])
        try:
            return self._execute_among_others(sql, values).rowcount
        except _BrokenOff as error:
            raise OutcomeUnknown(f"{self._named()} broke off while this was recorded. {MAY_BE}") from error

    def _execute_among_others(self, sql: bytes, values: tuple[Value, ...]) -> psycopg.Cursor[Row]:
        """As `_execute`, again where two waited for each other: nothing of it stands, and the other is through."""
        for _ in range(0 if self._in_a_snapshot() else TRIES - 1):
            with suppress(_Crossed):
                return self._execute(sql, values)
            time.sleep(PAUSE)
        return self._execute(sql, values)

    def _in_a_snapshot(self) -> bool:
        return self._connections.get().info.transaction_status != TransactionStatus.IDLE

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        connection = self._connections.get()
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            if not connection.closed:
                connection.rollback()

    def engine(self) -> Engine:
        engine = create_engine(self._url.set(drivername="postgresql+psycopg"), poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def begin(connection: SqlConnection) -> None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LONGEST}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")

        return engine

    def dump(self, path: Path, measure: Measure) -> Measures:
        address = self._address()
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                program = server_program("pg_dump", connection)
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                [(snapshot,)] = connection.execute("SELECT pg_export_snapshot()").fetchall()
                run_dump(program, address, path, str(snapshot))
                return measure(lambda sql: connection.execute(sql.encode()).fetchall())
        except psycopg.OperationalError as error:
            raise self._unavailable(error) from error

    def load(self, path: Path) -> None:
        """Restore a dump, whole or not at all; raises StoreUnavailable, also where there are tables already."""
        address = self._address()
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                if connection.execute(_ANY_TABLE).fetchall():
                    raise StoreUnavailable(f"{self._named()} is not empty. Make an empty one, and name that.")
                run_restore(server_program("pg_restore", connection), address, path)
        except psycopg.OperationalError as error:
            raise self._unavailable(error) from error

    def drop(self, tables: Sequence[str]) -> None:
        """Take these tables out, with what guards them, where a restore could not be finished."""
        with psycopg.connect(self._address()) as connection:
            for table in tables:
                connection.execute(composed.SQL("DROP TABLE IF EXISTS {} CASCADE").format(composed.Identifier(table)))
            for (function,) in connection.execute(_OUR_FUNCTIONS).fetchall():
                connection.execute(composed.SQL("DROP FUNCTION {}()").format(composed.Identifier(function)))

    def close(self) -> None:
        self._connections.close()

    def _connect(self) -> _Connection:
        try:
            connection = psycopg.connect(
                self._address(), autocommit=True, cursor_factory=psycopg.RawCursor, connect_timeout=PATIENCE
            )
            connection.execute(_LIMITS.encode())
        except psycopg.OperationalError as error:
            raise self._unavailable(error) from error
        connection.prepare_threshold = 1
        connection.adapters.register_dumper(int, Int4Dumper)  # one plan a statement, whatever the size
        return connection

    def _address(self) -> str:
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    def _execute(self, sql: bytes, values: tuple[Value, ...]) -> psycopg.Cursor[Row]:
        connection = self._connections.get()
        try:
            return connection.execute(sql, values)
        except errors.UniqueViolation as error:
            raise Duplicate(error.diag.constraint_name or "") from error
        except errors.ForeignKeyViolation as error:
            raise Gone(error.diag.constraint_name or "") from error
        except (errors.UndefinedTable, errors.UndefinedColumn) as error:
            missing = error.diag.message_primary
            raise NotSetUp(f"{self._named()} has not been set up for this version: {missing}.") from error
        except errors.LockNotAvailable as error:
            raise HeldByOthers(f"{self._named()} cannot be used: {_LOCKED}") from error
        except (errors.DeadlockDetected, errors.SerializationFailure) as error:
            raise _Crossed(f"{self._named()} cannot be used: {_CROSSED}") from error
        except errors.ReadOnlySqlTransaction as error:
            raise StoreUnavailable(f"{self._named()} cannot be used: {_ONLY_READ}") from error
        except errors.QueryCanceled as error:
            raise HeldByOthers(f"{self._named()} cannot be used: {_TOO_LONG}") from error
        except errors.DiskFull as error:
            raise DiskFull(f"{self._named()} cannot be used: {FULL}") from error
        except psycopg.OperationalError as error:
            self._connections.drop()
            if error.sqlstate is None:
                raise _BrokenOff(str(self._unavailable(error))) from error
            raise self._unavailable(error) from error
        except (errors.DataError, errors.IntegrityError) as error:
            words = error.diag.message_primary
            raise DamagedRow(f"{self._named()} does not take what was to be written: {words}. {DAMAGED}") from error

    def _unavailable(self, error: psycopg.OperationalError) -> StoreUnavailable:
        return why_refused(error, self._named())

    def _named(self) -> str:
        return f"The database {self._url.render_as_string()}"


@lru_cache(maxsize=500)
def _joined(statements: tuple[str, ...]) -> bytes:
    """These statements as one, which is one round trip and one transaction; the rules for them stand in `sql`."""
    first = ", ".join(f"step_{place} AS ({sql})" for place, sql in enumerate(statements[:-1]))
    parts = (f"WITH {first} {statements[-1]}" if first else statements[-1]).split("%s")
    numbered = (f"{part}${place}" for place, part in enumerate(parts[:-1], start=1))
    return ("".join(numbered) + parts[-1]).encode()
