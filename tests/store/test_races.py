"""Several at once: threads that share a store, and processes that are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from reviewflow.store import AlreadyRecorded, CaseConflict, Store, open_store, verify_chain
from tests.forked import Moments
from tests.store.builders import AT, change, claim, item, notice, opened

CROWD = 6


T = TypeVar("T")


def at_once(act: Callable[[], T]) -> list[T]:
    barrier = Barrier(CROWD)

    def run(_: int) -> T:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(run, range(CROWD)))


@pytest.mark.parametrize("key", [None, "form-3"])
def test_one_of_a_crowd_appends_a_number(store: Store, key: str | None) -> None:
    case = opened(store)

    def append() -> str:
        try:
            store.append(change(case, events=2, key=key, items=(item(),), notices=(notice(),)))
        except (CaseConflict, AlreadyRecorded):
            return "lost"
        return "won"

    for round_ in range(10):
        assert Counter(at_once(append)) == {"won": 1, "lost": CROWD - 1}
        loaded = store.load(case.reference)
        assert loaded is not None
        assert loaded.number == 3 + 2 * round_
        assert verify_chain(loaded, store.events(case.reference)) is None
        assert len(store.notices()) == round_ + 1
        case, key = loaded, key and f"form-{round_ + 4}"


def test_no_two_cases_share_a_reference(store: Store) -> None:
    crowds = [at_once(lambda: opened(store)) for _ in range(5)]
    cases = [case for crowd in crowds for case in crowd]
    assert sorted(case.reference for case in cases) == [f"RR-2026-{n:03d}" for n in range(1, 5 * CROWD + 1)]
    assert sorted(store.cases(), key=lambda case: case.id) == sorted(cases, key=lambda case: case.id)


def test_a_key_opens_one_case_however_many_ask(store: Store) -> None:
    assert len(set(at_once(lambda: opened(store, key="letter-17")))) == 1
    assert len(store.cases()) == 1


def test_nobody_gets_a_notice_that_another_has(store: Store) -> None:
    opened(store, notices=tuple(notice(f"item {n}") for n in range(40)))

    def drain() -> list[str]:
        mine = []
        while claimed := claim(store, AT, "2026-03-02T09:05:00+00:00"):
            mine.append(claimed.number)
            assert store.record_delivery([claimed], "sent", now=AT, detail="")
        return mine

    taken = [number for mine in at_once(drain) for number in mine]
    assert sorted(taken) == sorted(row.number for row in store.notices(status="sent"))
    assert len(set(taken)) == 40


NURSERY = """
import os, signal, sys
from reviewflow.store import CaseConflict, open_store
from tests.store.builders import change, item, notice

store = open_store(sys.argv[1])  # connects after the fork, when it is first used

def append():
    for _ in range(3000):
        case = store.load("RR-2026-001")
        try:
            store.append(change(case, events=3, items=(item(), item("b")), notices=(notice(),)))
        except CaseConflict:
            pass
    os._exit(0)

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        append()
    print(child, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_a_history_is_whole(database_url: str) -> None:
    store = open_store(database_url)
    store.migrate()
    opened(store)
    moments, last, kills = Moments(random.Random(20260302), within=0.15), 1, 0
    with forked_workers(database_url) as start:
        while kills < 25 or last == 1:
            pair, kills = [start(), start()], kills + 1
            time.sleep(moments.next(last))  # when it is killed is what the test is about
            for child in pair:
                os.kill(child, signal.SIGKILL)
            last = checked(store, last)
            store.close()  # so that the next to open SQLite's file finds what the killed left
    store.close()


def checked(store: Store, before: int) -> int:
    [(case, events)] = store.audit_rows()
    assert verify_chain(case, events) is None
    assert case.state == f'{{"after":{case.number}}}'
    causes = [int(row.number.partition("/")[2].partition(".")[0]) for row in store.notices()]
    assert [cause for cause in causes if cause <= case.number] == list(range(2, case.number, 3))
    assert case.number >= before
    return case.number


@contextmanager
def forked_workers(url: str) -> Iterator[Callable[[], int]]:
    """Starts processes that append for ever; forked from one that has imported what they need."""
    command = [sys.executable, "-c", NURSERY, url]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as parent:
        asked, answered = parent.stdin, parent.stdout
        assert asked is not None
        assert answered is not None

        def start() -> int:
            print(file=asked, flush=True)
            return int(answered.readline())

        yield start
