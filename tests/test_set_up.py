"""A database that was set up quickly is the one that the migrations make."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from reviewflow.store import Store, StoreUnavailable, open_store, schema
from reviewflow.store.drivers.driver import Driver, Row
from reviewflow.store.schema import upgrade
from reviewflow.store.store import SQLITE
from tests.aside import ASIDE, empty
from tests.set_up import quick
from tests.store.builders import opened

EVERYTHING = {
    "sqlite": ("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2",),
    "postgresql": (
        (
            "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 3"
        ),
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        (
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        ),
        (
            "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON tgrelid = c.oid"
            " WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal ORDER BY 1"
        ),
        "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    ),
}


def shape(store: Store) -> list[list[Row]]:
    """All that the database has of its own, and the migration that it is at."""
    questions = (*EVERYTHING[store.driver.dialect], "SELECT version_num FROM alembic_version")
    return [store.driver.rows(question) for question in questions]


def emptied(url: str) -> str:
    """The database at this address, with nothing in it."""
    if url.startswith(SQLITE):
        for file in Path(url.removeprefix(SQLITE)).parent.glob("*"):
            file.unlink()
    else:
        with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
            empty(cursor)
    return url


def test_it_is_what_the_migrations_make(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrated: list[Driver] = []

    def counted(driver: Driver) -> None:
        migrated.append(driver)
        upgrade(driver)

    monkeypatch.setattr(schema, "upgrade", quick(counted))
    shapes = []
    for _ in range(3):
        with closing(open_store(emptied(database_url))) as store:
            store.migrate()
            shapes.append(shape(store))
            assert opened(store).reference == "RR-2026-001"
    assert len(shapes[0][0]) > 20
    assert shapes[0] == shapes[1] == shapes[2]
    assert len(migrated) == 1


def test_what_is_not_empty_is_migrated(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "upgrade", quick(upgrade))
    with closing(open_store(emptied(database_url))) as store:
        store.migrate()
        store.driver.commit([("UPDATE alembic_version SET version_num = '9999'", ())])
        with pytest.raises(StoreUnavailable, match="made by a newer version"):
            store.migrate()


def set_up_twice(url: str) -> None:
    """By the migrations, where no test of this worker was before, and by what they wrote; with a case in it."""
    for _ in range(2):
        with closing(open_store(emptied(url))) as store:
            store.migrate()
            opened(store)


def is_aside(url: str) -> bool:
    """Whether what the migrations made is kept once the database is emptied."""
    with psycopg.connect(emptied(url), autocommit=True) as connection:
        row = connection.execute(f"SELECT to_regnamespace('{ASIDE}') IS NOT NULL").fetchone()
    assert row is not None
    return bool(row[0])


def test_what_a_test_wrote_is_gone_and_what_the_migrations_made_is_taken_again(postgresql_url: str) -> None:
    set_up_twice(postgresql_url)
    for _ in range(2):
        assert is_aside(postgresql_url)
        with closing(open_store(postgresql_url)) as store:
            store.migrate()
            tables = store.driver.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            counts = {name: store.driver.rows(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in tables}
            assert {name: count for name, count in counts.items() if count} == {"alembic_version": 1}
            assert opened(store).id == 1


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE events ADD COLUMN another text",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "ALTER TABLE cases ALTER COLUMN reference DROP NOT NULL",
        "CREATE TABLE another (id integer)",
        "CREATE INDEX another ON cases (process)",
        "DROP TABLE notices CASCADE",
        "GRANT SELECT ON cases TO PUBLIC",
        "GRANT ALL ON SCHEMA public TO PUBLIC",
        "UPDATE alembic_version SET version_num = '0001'",
        "ANALYZE",
    ],
)
def test_what_a_test_changed_is_made_anew(postgresql_url: str, statement: str) -> None:
    set_up_twice(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(statement)
    assert not is_aside(postgresql_url)
