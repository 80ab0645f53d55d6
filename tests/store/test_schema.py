from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

import reviewflow.store
from reviewflow.store import NotSetUp, Store, StoreUnavailable, open_store, schema
from reviewflow.store.schema import upgrade
from reviewflow.store.store import SCHEMA
from reviewflow.store.tables import METADATA
from tests.store.builders import change, opened

SHAPE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
}


@pytest.fixture(autouse=True)
def the_migrations_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not what is repeated of them for all other tests."""
    monkeypatch.setattr(schema, "upgrade", upgrade)


def shape(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text(SHAPE[engine.dialect.name]))
        return [(name, " ".join((sql or "").split()).replace(" ,", ",")) for name, sql in rows if "alembic" not in name]


def test_the_migrations_make_the_declared_tables(store: Store) -> None:
    engine = store.driver.engine()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_they_make_the_same_indexes_and_table_options(store: Store) -> None:
    engine = store.driver.engine()
    migrated = shape(engine)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TABLE alembic_version"))
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert shape(engine) == migrated
    engine.dispose()


def test_one_head_and_the_store_knows_it() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(reviewflow.store.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [SCHEMA]
    assert [revision.revision for revision in scripts.walk_revisions()] == [
        f"{number:04d}" for number in range(int(SCHEMA), 0, -1)
    ]


def test_migrating_again_changes_nothing(store: Store) -> None:
    case = opened(store)
    store.migrate()
    assert store.load(case.reference) == case


def test_several_may_set_it_up_at_once(database_url: str) -> None:
    stores = [open_store(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(Store.migrate, stores))
    assert [opened(store).reference for store in stores] == [f"RR-2026-00{n}" for n in range(1, 5)]
    for store in stores:
        store.close()


def test_several_may_make_the_same_file_at_once(tmp_path: Path) -> None:
    for n in range(20):
        stores = [open_store(f"sqlite:///{tmp_path}/{n}.db") for _ in range(4)]
        with ThreadPoolExecutor(4) as crowd:
            versions = list(crowd.map(lambda store: store.driver.rows("PRAGMA journal_mode"), stores))
        assert versions == [[("wal",)]] * 4
        for store in stores:
            store.close()


def test_a_database_that_is_not_set_up_says_so(database_url: str) -> None:
    store = open_store(database_url)
    with pytest.raises(NotSetUp, match="has not been set up"):
        store.load("RR-2026-001")
    store.close()


def test_a_database_of_a_newer_version_is_refused(store: Store) -> None:
    store.driver.commit([("UPDATE alembic_version SET version_num = '9999'", ())])
    with pytest.raises(StoreUnavailable, match="made by a newer version of reviewflow"):
        store.migrate()


@pytest.mark.parametrize("sql", ["UPDATE events SET body = '{}'", "DELETE FROM events"])
def test_events_are_only_ever_added(store: Store, sql: str) -> None:
    case = store.append(change(opened(store), events=2))
    before = list(store.events(case.reference))
    with pytest.raises(Exception, match="events are only ever added"):
        store.driver.commit([(sql, ())])
    assert list(store.events(case.reference)) == before


def test_an_sqlite_file_is_its_owners_alone(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    opened(store)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir()}
    assert modes == dict.fromkeys(("reviewflow.db", "reviewflow.db-wal", "reviewflow.db-shm"), 0o600)
    store.close()


def test_sqlite_keeps_what_it_was_given(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    rows = [store.driver.rows(f"PRAGMA {name}")[0][0] for name in pragmas]
    assert rows == ["wal", 2, 1, 10_000]
    store.close()
