"""Every way of writing at once with every other, a few times: `python -m tests.store.pairs` does it for longer."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from reviewflow.store import Notice, Store, open_store
from tests.store.builders import LATER, change, notice, opened
from tests.store.pairs import PAIRS, begin, faults, together


def test_whoever_writes_at_once_with_whom_nobody_sees_an_error(store: Store, database_url: str) -> None:
    begin(store)
    done = Counter[str]()
    for pair in PAIRS:
        done += together(database_url, pair, rounds=2, seed=1)
    assert [*faults(store, done)] == []
    assert done["events"] > len(PAIRS)
    assert done["deliveries"] > 0


def withdraw(store: Store, _: list[Notice]) -> None:
    [case] = store.cases()
    store.append(change(case, withdraw=("triage",)))


WAYS: dict[str, Callable[[Store, list[Notice]], object]] = {
    "claim": lambda store, two: store.claim([each.id for each in two], LATER, LATER),
    "postpone": lambda store, two: store.postpone([each.id for each in two], LATER, LATER),
    "record_delivery": lambda store, two: store.record_delivery(two[::-1], "sent", now=LATER, detail=""),
    "withdraw": withdraw,
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_changes_several_notices_has_the_newest_first(postgresql_url: str, way: str) -> None:
    """All in one order, so that no two wait for each other: who waits for the newest holds none before it."""
    with closing(open_store(postgresql_url)) as store, ThreadPoolExecutor() as aside:
        store.migrate()
        opened(store, notices=(notice("triage"), notice("triage")))
        two = store.claim([each.id for each in store.notices()], LATER, LATER)
        with psycopg.connect(postgresql_url) as other, psycopg.connect(postgresql_url, autocommit=True) as server:
            other.execute("SELECT id FROM notices WHERE id = %s FOR UPDATE", [two[1].id])
            changed = aside.submit(WAYS[way], store, two)
            while not server.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall():
                assert not changed.done()
            server.execute("SELECT id FROM notices WHERE id = %s FOR UPDATE NOWAIT", [two[0].id])
            other.rollback()
            changed.result()
