"""What a person is told when the database cannot be used, and that it works again afterwards."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from reviewflow.store import Store, StoreUnavailable, open_store
from reviewflow.store.drivers import sqlite
from tests.store.builders import change, opened


def ready(url: str) -> Store:
    store = open_store(url)
    store.migrate()
    return store


@pytest.mark.parametrize("url", ["mysql://root:secret@host/db", "sqlite://"])
def test_an_address_that_is_not_understood(url: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"it looks like sqlite:///var/reviewflow.db or") as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


def test_another_program_is_writing(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    store = ready(sqlite_url)
    case = opened(store)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match=r"another program has been writing to it.*try again"):
        store.append(change(case))
    assert store.load(case.reference) == case
    other.execute("COMMIT")
    other.close()
    assert store.append(change(case)).number == 2
    store.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database. " * 100)
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="not a database; restore it from a backup"):
        store.load("RR-2026-001")
    store.close()


def test_a_place_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = open_store(f"sqlite:///{tmp_path}/file/reviewflow.db")
    with pytest.raises(StoreUnavailable, match=r"cannot be opened: (Not a directory|File exists)"):
        store.migrate()


def test_the_disk_is_full(sqlite_url: str) -> None:
    store = ready(sqlite_url)
    case = opened(store)
    store.driver.rows("PRAGMA max_page_count = 1")
    with pytest.raises(StoreUnavailable, match="the disk is full; nothing was changed"):
        store.append(change(case, state="x" * 1_000_000))
    assert store.load(case.reference) == case
    store.driver.rows("PRAGMA max_page_count = 1000000")
    assert store.append(change(case)).number == 2
    store.close()


def test_no_server_there() -> None:
    store = open_store("postgresql://officer:secret@127.0.0.1:1/reviews")
    with pytest.raises(StoreUnavailable, match="cannot be used: nobody answers at this address") as refused:
        store.migrate()
    assert "secret" not in str(refused.value)


def test_the_server_hangs_up(postgresql_url: str) -> None:
    store = ready(postgresql_url)
    case = opened(store)
    [(process,)] = store.driver.rows("SELECT pg_backend_pid()")
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (process,))
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        store.append(change(case))
    assert store.append(change(case)).number == 2
    store.close()


def test_a_bug_is_not_called_an_outage(store: Store) -> None:
    with pytest.raises(Exception, match="syntax error") as bug:
        store.driver.rows("SELEKT 1")
    assert not isinstance(bug.value, StoreUnavailable)
