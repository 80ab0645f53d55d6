"""The store: cases, their events, what is owed, what is to be sent."""

from __future__ import annotations

from pathlib import Path

from reviewflow.store.cases.cases import Cases
from reviewflow.store.cases.jobs import Jobs
from reviewflow.store.disposal import Disposal
from reviewflow.store.errors import (
    NotAnAddress,
    NotSetUp,
)
from reviewflow.store.office.links import Links
from reviewflow.store.office.office_files import OfficeFiles
from reviewflow.store.office.office_log import OfficeLog
from reviewflow.store.office.prefect_view import PrefectView
from reviewflow.store.office.trouble import Troubles
from reviewflow.store.outbox.outbox import Outbox
from reviewflow.store.seals import Seals

SQLITE = "sqlite:///"
LOOKS_LIKE = "it looks like sqlite:///var/reviewflow.db or postgresql://user@host/database"
SCHEMA = "0015"  # the newest migration


def open_store(url: str) -> Store:
    """'sqlite:///var/reviewflow.db' or 'postgresql://user@host/db'. `Store.migrate` sets the database up.

    Raises NotAnAddress for anything else.
    """
    path = url.removeprefix(SQLITE)
    if path in {"", url} or "?" in path:
        return _open_by_url(url)
    from reviewflow.store.drivers.sqlite import SqliteDriver

    return Store(SqliteDriver(Path(path)))


def _open_by_url(url: str) -> Store:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parts = make_url(url)
    except ArgumentError:
        raise NotAnAddress(f"The database address is not understood; {LOOKS_LIKE}.") from None  # it may hold a password
    if parts.get_backend_name() == "sqlite" and parts.database:
        from reviewflow.store.drivers.sqlite import SqliteDriver

        return Store(SqliteDriver(Path(parts.database)))
    if parts.get_backend_name() == "postgresql":
        from reviewflow.store.drivers.postgresql import PostgresqlDriver

        return Store(PostgresqlDriver(parts))
    raise NotAnAddress(f"The database address {parts.render_as_string()} is not understood; {LOOKS_LIKE}.")


class Store(Cases, Jobs, Outbox, OfficeLog, Disposal, PrefectView, Seals, Troubles, OfficeFiles, Links):
    """The store, made of its parts. Every method is one transaction; times are text as `london.stamp` writes it."""

    def migrate(self) -> None:
        """Set up an empty database, or bring an older one up to date; raises StoreUnavailable.

        One short query when there is nothing to do.
        """
        try:
            version = self.driver.rows("SELECT version_num FROM alembic_version")
        except NotSetUp:
            version = []
        if version != [(SCHEMA,)]:
            from reviewflow.store.schema import upgrade  # Alembic is slow to import and seldom needed

            upgrade(self.driver)
