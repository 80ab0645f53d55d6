"""An office that can be backed up, and the places of backups and of what is restored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from reviewflow.service.backups.encryption import recipients
from reviewflow.service.backups.making import Made, make_backup
from reviewflow.service.backups.restoring import RestoreOrder, restore
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

BACKED_UP, BACK = datetime(2026, 5, 6, 20, tzinfo=UTC), datetime(2026, 5, 13, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Safe:
    folder: Path
    public: str

    @property
    def secret(self) -> Path:
        return self.folder / "secret.txt"

    def made(self, office: Workspace, name: str = "backup.age", *leave_out: Path) -> Path:
        backed_up(office, self.folder / name, self.public, *leave_out)
        return self.folder / name

    def order(self, file: Path, target: str | None = None, into: str = "again") -> RestoreOrder:
        return RestoreOrder(file, self.folder / into, self.secret, target, "IT", BACK)


def backed_up(office: Workspace, output: Path, public: str, *leave_out: Path) -> Made:
    keys = recipients([public] if public else [])
    return make_backup(office, output, keys, leave_out=leave_out, now=BACKED_UP, tell=lambda _: None)


def brought_back(order: RestoreOrder) -> tuple[int, list[str]]:
    """How many faults, and what was told."""
    told: list[str] = []
    return restore(order, told.append), told


def opened_office(url: str, folder: Path) -> Workspace:
    store = open_store(url)
    store.migrate()
    papers = folder / "var" / "documents"
    (papers / "RR-2026-001").mkdir(parents=True)
    (papers / "RR-2026-001" / "minutes_ŵ.md").write_text("The minutes", encoding="utf-8")
    (papers / "RR-2026-001" / "half.part").write_text("half", encoding="utf-8")
    return Workspace(store, TOY, papers=papers)


@contextmanager
def restored_office(order: RestoreOrder) -> Iterator[Workspace]:
    store = open_store(order.database or f"sqlite:///{order.into}/var/reviewflow.db")
    yield Workspace(store, order.into / "definitions", papers=order.into / "var" / "documents")
    store.close()


@contextmanager
def emptied_database(server: str) -> Iterator[str]:
    """Another database of this server, empty."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
        connection.execute("CREATE DATABASE restored")
    yield make_url(server).set(database="restored").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE restored WITH (FORCE)")
