"""An empty database set up with the statements that the migrations wrote on the first: they take five times as long.

What is not empty, or is set up by another program, is migrated as everywhere else.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import get_ident
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from reviewflow.store.drivers.driver import Driver
from reviewflow.store.drivers.steps import Dialect
from tests.aside import note, take

Upgrade = Callable[[Driver], None]
Statements = list[tuple[str, Any]]
IS_EMPTY = {
    Dialect.SQLITE: "SELECT count(*) = 0 FROM sqlite_master",
    Dialect.POSTGRESQL: "SELECT count(*) = 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace",
}
ONLY_READ = ("SELECT", "SHOW", "PRAGMA", "SET LOCAL", "BEGIN")


def quick(upgrade: Upgrade) -> Upgrade:
    """`upgrade`, which does the same to every empty database and therefore has to be asked only once for each kind."""
    known: dict[Dialect, Statements] = {}

    def set_up(driver: Driver) -> None:
        with suppress(DBAPIError, sqlite3.Error, psycopg.Error):  # `upgrade` says it in words
            if driver.dialect in known and _written(driver, known[driver.dialect]):
                return
        empty = bool(driver.rows(IS_EMPTY[driver.dialect])[0][0])
        with _recorded() as statements:
            upgrade(driver)
        if empty:
            known[driver.dialect] = statements

    return set_up


def _written(driver: Driver, statements: Statements) -> bool:
    """Whether the database was empty and now is set up: looked at and done in one transaction, as `upgrade` does."""
    engine = driver.engine()
    try:
        with engine.begin() as connection:
            if not connection.exec_driver_sql(IS_EMPTY[driver.dialect]).scalar_one():
                return False
            cursor = connection.connection.cursor()
            if driver.dialect is Dialect.POSTGRESQL and take(cursor):
                return True
            for statement, values in statements:
                cursor.execute(statement, values) if values else cursor.execute(statement)
            if driver.dialect is Dialect.POSTGRESQL:
                note(cursor)
            return True
    finally:
        engine.dispose()


@contextmanager
def _recorded() -> Iterator[Statements]:
    """The statements of this thread that change something, as they are carried out."""
    statements: Statements = []
    here = get_ident()

    def note(_connection: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if get_ident() == here and not statement.lstrip().upper().startswith(ONLY_READ):
            statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
