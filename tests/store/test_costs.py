"""What must stay cheap: round trips, plans that follow what is due, bytes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reviewflow.store import CaseRow, ItemRow, NewEvent, Store, open_store
from reviewflow.store.cases.changes import LENGTHS
from reviewflow.store.drivers.driver import Row
from reviewflow.store.drivers.postgresql import PostgresqlDriver
from reviewflow.store.drivers.steps import Dialect, Step, Value
from reviewflow.store.prepared import prepared
from tests.store.builders import AT, change, event, item, job, notice, opened

FAR = "2027-03-02T09:00:00+00:00"


class Counting:
    """A driver that counts the round trips."""

    def __init__(self, store: Store) -> None:
        self.driver, self.trips = store.driver, 0
        self.dialect, self.engine, self.close = store.driver.dialect, store.driver.engine, store.driver.close

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        self.trips += 1
        return self.driver.rows(sql, values)

    def commit(self, steps: Sequence[Step]) -> int:
        self.trips += 1
        return self.driver.commit(steps)


def test_loading_and_appending_are_one_round_trip_each(store: Store) -> None:
    counting = Counting(store)
    counted = Store(counting)
    case = opened(counted, jobs=(job(),))  # it asks once for the key of a name
    counting.trips = 0
    counted.load(case.reference)
    assert counting.trips == 1
    everything = change(case, items=(item(),), notices=(notice(),), jobs=(job(),), withdraw=("a",), done_job=1)
    counted.append(everything)
    assert counting.trips == 2


def test_postgresql_commits_many_steps_as_one_statement(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(postgresql_url)
    store.migrate()
    case, sent = opened(store), []
    execute = PostgresqlDriver._execute

    def watched(driver: PostgresqlDriver, sql: bytes, values: tuple[Value, ...]) -> object:
        sent.append(sql)
        return execute(driver, sql, values)

    monkeypatch.setattr(PostgresqlDriver, "_execute", watched)
    store.append(change(case, events=3, items=(item(), item("b")), notices=(notice(),), withdraw=("a",)))
    assert len(sent) == 1
    store.close()


PLANS = [
    ("DUE_ITEMS", {"now": AT, "limit": 10}, "items_due"),
    ("NEXT_CHASE", {"after": AT}, "items_due"),
    ("WAITING", {"now": AT}, "notices_queue"),
    ("UNMIRRORED", {"limit": 10}, "cases_unmirrored"),
]


@pytest.mark.parametrize(("statement", "values", "index"), PLANS)
def test_the_cost_follows_what_is_due(store: Store, statement: str, values: dict[str, Value], index: str) -> None:
    for _ in range(40):
        case = opened(
            store,
            recorded_at=FAR,
            items=tuple(item(f"step/{n}", next_chase=FAR) for n in range(100)),
            notices=tuple(notice() for _ in range(20)),
        )
        store.mirrored(case.reference, 1)
    opened(store, items=(item(next_chase=AT),), notices=(notice(),))
    store.driver.commit([("ANALYZE", ())])
    if store.driver.dialect is Dialect.POSTGRESQL:  # so few rows are soonest read from end to end
        store.driver.commit([("SET enable_seqscan = off", ())])
    plan = _plan(store, statement, values)
    assert index in plan
    assert "Seq Scan on items" not in plan
    assert "SCAN items" not in plan


def test_what_waits_too_long_is_found_without_a_look_at_all_that_was_sent(store: Store) -> None:
    for _ in range(40):
        opened(store, notices=tuple(notice() for _ in range(20)))
    store.driver.commit([("UPDATE notices SET status = 'sent', next_try = NULL", ())])
    opened(store, notices=(notice(),))
    store.driver.commit([("ANALYZE", ())])
    assert "notices_queue" in _plan(store, "WAITS_SINCE", {"before": AT})


def _plan(store: Store, statement: str, values: dict[str, Value]) -> str:
    sql, given = prepared(store.driver.dialect, statement).step(**values)
    explain = "EXPLAIN QUERY PLAN" if store.driver.dialect is Dialect.SQLITE else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in store.driver.rows(f"{explain} {sql}", given))


def test_a_case_stores_little_besides_what_it_is_given(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    empty = _size(store, sqlite_url)
    cases = [opened(store, items=(item("answer/0"),)) for _ in range(60)]
    form = event(body='{"notes":"' + "Reviewed the chronology. " * 8 + '"}')
    for n in range(13):
        items = (item(f"answer/{n}", status="done"), item(f"answer/{n + 1}", next_chase=FAR))
        cases = [_completed(store, case, (form, event("opened")), items) for case in cases]
    given = len(cases[0].state) + 13 * (len(form.body) + len(event().body))
    assert (_size(store, sqlite_url) - empty) / len(cases) - given < 9_000
    store.close()


def _completed(store: Store, case: CaseRow, events: tuple[NewEvent, ...], items: tuple[ItemRow, ...]) -> CaseRow:
    return store.append(replace(change(case, state=case.state + "s" * 200, items=items), events=events))


def _size(store: Store, url: str) -> int:
    store.driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(url.removeprefix("sqlite:///")).stat().st_size


def test_a_long_state_is_written_over_the_one_before_it(tmp_path: Path) -> None:
    """Else SQLite takes new pages for it, fills the old ones with zeros, and counts both."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    store.migrate()
    state = f'{{"done":"{"x" * 9_000}"}}'
    case = opened(store, state=state, events=2)
    rows = store.driver.rows
    for longer in ("", "y", "yz"):
        rows("PRAGMA wal_checkpoint(TRUNCATE)")
        case = store.append(change(case, state=state.replace("}", f',"more":"{longer}"}}')))
        [(_, pages, _)] = rows("PRAGMA wal_checkpoint(PASSIVE)")
        assert int(pages or 0) <= 5
    assert len(case.state) % LENGTHS == 0
    assert store.load(case.reference) == case
    assert case.state.rstrip(" ") == state.replace("}", ',"more":"yz"}')
    store.close()
