"""A store copied whole into a new file, to rehearse in the copy what will happen."""

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
    """A copy of the store as a new SQLite file, whichever database it is; a crash may lose what the copy holds."""
    copy = Store(SqliteDriver(path))
    copy.migrate()
    copy.driver.rows("PRAGMA synchronous = OFF")
    tables = METADATA.sorted_tables
    rows = {table: store.driver.rows(*compiled(store.driver.dialect, select(table)).step()) for table in tables[::-1]}
    insertions = {table: _insertion(table) for table in tables}
    copy.driver.commit([(insertions[table], tuple(row)) for table in tables for row in rows[table]])
    return copy


def _insertion(table: Table) -> str:
    """An insertion with every column, also ids that a database gives out."""
    module: Any = table.insert()
    return str(module.values({column.name: None for column in table.c}).compile(dialect=DIALECTS[Dialect.SQLITE]))
