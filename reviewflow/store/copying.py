"""A store copied whole into a new file, to rehearse in it what will happen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from reviewflow.store.drivers.sqlite import SqliteDriver
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.statements.making import DIALECTS, compiled
from reviewflow.store.store import Store
from reviewflow.store.tables import METADATA


def copy_into(store: Store, path: Path) -> Store:
    """What the store holds now, in a new SQLite file, whatever database it is. Nothing in the copy is kept safe."""
    copy = Store(SqliteDriver(path))
    copy.migrate()
    copy.driver.rows("PRAGMA synchronous = OFF")
    tables = METADATA.sorted_tables
    rows = {table: store.driver.rows(*compiled(store.driver.dialect, select(table)).step()) for table in tables[::-1]}
    copy.driver.commit([(_insertion(table), tuple(row)) for table in tables for row in rows[table]])
    return copy


def _insertion(table: Table) -> str:
    """Numbers that a database gives out are kept too."""
    module: Any = table.insert()
    return str(module.values({column.name: None for column in table.c}).compile(dialect=DIALECTS[Dialect.SQLITE]))
