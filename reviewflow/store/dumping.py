"""A store written whole into a file of its database's own format, and read back: what a backup is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.store.drivers.driver import Driver, Measures, Row
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.errors import StoreUnavailable
from reviewflow.store.store import Store, open_store
from reviewflow.store.tables import METADATA

if TYPE_CHECKING:
    from reviewflow.store.drivers.postgresql import PostgresqlDriver

VERSION_TABLE = "alembic_version"
TABLES = (*(table.name for table in METADATA.sorted_tables), VERSION_TABLE)


def dump(store: Store, path: Path) -> Measures:
    """The store as it is at one moment, in a new file, while others go on writing; raises StoreUnavailable."""
    return store.driver.dump(path, measure)


def load(url: str, path: Path) -> None:
    """Read the dump of a PostgreSQL database into an empty one; raises StoreUnavailable, and changes nothing then."""
    _postgresql(url).load(path)


def unload(url: str) -> None:
    """Take out what was loaded."""
    _postgresql(url).drop(TABLES)


def measured(store: Store) -> Measures:
    """What a store holds now."""
    return measure(store.driver.rows)


def measure(ask: Callable[[str], list[Row]]) -> Measures:
    """What a database holds, as `ask` answers."""
    [(schema,)] = ask("SELECT version_num FROM alembic_version")
    rows = {table: int(ask(f"SELECT count(*) FROM {table}")[0][0]) for table in TABLES}  # noqa: S608 - our own names
    heads = sorted(ask("SELECT reference, number, head FROM cases"))
    lines = "".join(f"{reference} {number} {head}\n" for reference, number, head in heads)
    return Measures(schema, rows, hashlib.sha256(lines.encode()).hexdigest())


def kind_of(driver: Driver) -> str:
    return "sqlite" if driver.dialect is Dialect.SQLITE else "postgresql"


def _postgresql(url: str) -> PostgresqlDriver:
    from reviewflow.store.drivers.postgresql import PostgresqlDriver

    driver = open_store(url).driver
    if not isinstance(driver, PostgresqlDriver):
        raise StoreUnavailable("The backup is of a PostgreSQL database: name an empty one, postgresql://...")
    return driver
