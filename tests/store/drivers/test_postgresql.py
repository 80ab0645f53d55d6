"""A line to the server that breaks while something is recorded, and locks that are not waited for without end."""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from reviewflow.store import AlreadyRecorded, StoreUnavailable, open_store
from reviewflow.store.drivers import postgresql
from reviewflow.store.drivers.postgresql import PostgresqlDriver
from reviewflow.store.errors import DiskFull, OutcomeUnknown
from reviewflow.store.room import server_has_room
from tests.store.builders import change, opened


class Line:
    """A line to the server that can be made to break when it has handed over a request: the answer is lost."""

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self.loses_answers = server, False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self._sockets, self._threads = [self._listener], list[threading.Thread]()
        self._begin(self._accept)

    def _begin(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                server = socket.socket(socket.AF_UNIX)
                self._sockets += client, server
                server.connect(self._server)
                self._begin(self._pass_on, client, server)
                self._begin(self._answer, server, client)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if self.loses_answers:
                    client.shutdown(socket.SHUT_RDWR)
                    return
                client.sendall(data)

    def close(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._sockets:
            one.close()


@pytest.fixture
def line(postgresql_url: str) -> Iterator[tuple[Line, str]]:
    server = f"{conninfo_to_dict(postgresql_url)['host']}/.s.PGSQL.5432"
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        line = Line(server, Path(folder))
        yield line, f"postgresql://postgres@/postgres?host={folder}"
        line.close()


def test_when_the_answer_is_lost_it_may_have_been_recorded_and_a_repeat_is_harmless(line: tuple[Line, str]) -> None:
    broken, url = line
    store = open_store(url)
    store.migrate()
    case = opened(store)
    broken.loses_answers = True
    with pytest.raises(OutcomeUnknown, match=r"broke off while this was recorded. It may have been recorded, or not"):
        store.append(change(case, key="once"))
    broken.loses_answers = False
    recorded = store.load(case.reference)
    assert recorded is not None
    assert recorded.number == 2
    with pytest.raises(AlreadyRecorded):
        store.append(change(recorded, key="once"))
    assert [event.number for event in store.events(case.reference)] == [1, 2]
    store.close()


def test_what_only_reads_is_not_said_to_have_recorded(line: tuple[Line, str]) -> None:
    broken, url = line
    store = open_store(url)
    store.migrate()
    broken.loses_answers = True
    with pytest.raises(StoreUnavailable) as told:
        store.cases()
    assert not isinstance(told.value, OutcomeUnknown)
    store.close()


def test_a_lock_is_waited_for_as_long_as_is_said(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_LIMITS", "SET lock_timeout = '100ms'")
    store = open_store(postgresql_url)
    store.migrate()
    case = opened(store)
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE cases")
        with pytest.raises(StoreUnavailable, match="another program has had what this needs for 10 seconds; nothing"):
            store.append(change(case))
    assert store.append(change(case)).number == 2
    store.close()


def test_a_statement_ends_when_its_time_is_over(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_LIMITS", "SET statement_timeout = '100ms'")
    store = open_store(postgresql_url)
    with pytest.raises(StoreUnavailable, match="it took more than 120 seconds, or somebody stopped it; nothing"):
        store.driver.rows("SELECT pg_sleep(60)")
    store.close()


WAITING = "SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"


def both_changed(driver: PostgresqlDriver, url: str) -> int:
    """Change two rows, while another has changed the first of them and wants the second; the last is changed first."""
    with psycopg.connect(url, autocommit=True) as server, psycopg.connect(url) as other, ThreadPoolExecutor() as aside:
        server.execute("CREATE TABLE IF NOT EXISTS numbers (id int PRIMARY KEY, times int DEFAULT 0)")
        server.execute("INSERT INTO numbers VALUES (1), (2) ON CONFLICT DO NOTHING")
        other.execute("SET deadlock_timeout = '60s'")  # so it is the driver that is told
        other.execute("UPDATE numbers SET times = times + 1 WHERE id = 1")
        both = aside.submit(
            driver.commit, [(f"UPDATE numbers SET times = times + 1 WHERE id = {n}", ()) for n in (1, 2)]
        )
        while not server.execute(WAITING).fetchall():
            assert not both.done()
        other.execute("UPDATE numbers SET times = times + 1 WHERE id = 2")
        other.commit()
        return both.result()


def test_two_that_wait_for_each_other_are_both_done(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = PostgresqlDriver(make_url(postgresql_url))
    assert both_changed(driver, postgresql_url) == 1
    assert driver.rows("SELECT times FROM numbers") == [(2,), (2,)]
    monkeypatch.setattr(postgresql, "TRIES", 1)
    with pytest.raises(StoreUnavailable, match="cannot be used: others were changing the same, each time that it was"):
        both_changed(driver, postgresql_url)
    assert driver.rows("SELECT times FROM numbers") == [(3,), (3,)]
    driver.close()


@contextmanager
def set_otherwise(url: str, setting: str, value: str) -> Iterator[None]:
    """Every new connection of this database has a setting that is not the server's own."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"ALTER DATABASE postgres SET {setting} = {value}".encode())
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("SET default_transaction_read_only = off")
            server.execute(f"ALTER DATABASE postgres RESET {setting}".encode())


def test_on_a_server_that_isolates_more_than_ours_what_was_refused_is_done_again(postgresql_url: str) -> None:
    driver = PostgresqlDriver(make_url(postgresql_url))
    with set_otherwise(postgresql_url, "default_transaction_isolation", "serializable"), ThreadPoolExecutor() as aside:
        driver.commit([("CREATE TABLE numbers (id int PRIMARY KEY, times int)", ())])
        driver.commit([("INSERT INTO numbers VALUES (1, 0)", ())])
        with psycopg.connect(postgresql_url, autocommit=True) as server, psycopg.connect(postgresql_url) as other:
            other.execute("UPDATE numbers SET times = times + 1")
            ours = aside.submit(driver.commit, [("UPDATE numbers SET times = times + 1", ())])
            while not server.execute(WAITING).fetchall():
                assert not ours.done()
            other.commit()
            assert ours.result() == 1
        assert driver.rows("SELECT times FROM numbers") == [(2,)]
        driver.close()


def test_a_server_that_can_only_be_read_says_so(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    store.migrate()
    opened(store)
    store.close()
    with set_otherwise(postgresql_url, "default_transaction_read_only", "on"):
        assert len(store.cases()) == 1
        with pytest.raises(StoreUnavailable, match="cannot be used: it can only be read now, as a copy that stands by"):
            opened(store)
        store.close()
    assert opened(store).number == 1
    store.close()


def test_a_full_disk_of_the_server_is_said_in_words_and_the_line_stays(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    full = "DO $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$"
    pid = store.driver.rows("SELECT pg_backend_pid()")
    with pytest.raises(DiskFull, match="the disk is full on its server; nothing was changed"):
        store.driver.commit([(full, ())])
    assert store.driver.rows("SELECT pg_backend_pid()") == pid
    assert server_has_room(store.driver)
    store.close()
