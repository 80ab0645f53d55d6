"""Sealing ends, whatever others write meanwhile."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from reviewflow.store import seals
from reviewflow.store.drivers.driver import Row
from reviewflow.store.drivers.steps import Dialect, Value
from reviewflow.store.looking import DATED, NUMBERED, Look
from reviewflow.store.prepared import prepared
from reviewflow.store.records import Leaf, LogEntry
from reviewflow.store.store import Store, open_store
from tests.store.builders import AT, LATER, claim, notice, opened


class WrittenTo(Store):
    """One in which somebody opens a case whenever it is looked for what is not sealed."""

    looked = 0

    def _read(self, aside: seals.Aside, damaged: Counter[str], look: Look) -> seals._Read:
        self.looked += 1
        assert self.looked < 10, "sealing runs after what is written, and never ends"
        opened(self)
        return super()._read(aside, damaged, look)


def test_it_ends_although_others_never_pause(store: Store) -> None:
    busy = WrittenTo(store.driver)
    first = busy.seal(AT, "")
    assert first is not None
    assert (busy.looked, first.number, busy.unsealed().rows) == (1, 1, 0)


def test_what_was_there_is_sealed_however_much_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "_MOST_CASES", 2)
    for _ in range(5):
        opened(store)
    last = store.seal(AT, "")
    assert last is not None
    assert (last.number, store.unsealed().rows) == (3, 0)


@pytest.mark.parametrize("damaged", [2, 3, 9])
def test_rows_that_no_seal_can_have_keep_no_others_from_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, damaged: int
) -> None:
    """However many they are: more than a seal covers of their kind, and all of them before those that are whole."""
    monkeypatch.setattr(seals, "MOST", 2)
    monkeypatch.setattr(seals, "_MOST_CASES", 2)
    for number in range(damaged + 5):
        store.note(LogEntry(AT, "Somebody", "note", "{}"))
        opened(store, key=str(number))
    references = [row.reference for row in store.cases(None)]
    broken = {*map(str, range(1, damaged + 1)), *references[:damaged]}
    asides: list[str] = []

    def sound(leaf: Leaf) -> Leaf:
        if leaf.key in broken:
            raise TypeError(leaf.key)
        return leaf

    @contextmanager
    def aside(_: str, key: str) -> Iterator[None]:
        try:
            yield
        except TypeError:
            asides.append(key)

    monkeypatch.setattr(seals, "_sound", sound)

    store.seal(AT, "", aside)
    assert set(asides) == broken
    assert store.unsealed().rows == 2 * damaged
    assert {leaf.key for leaf in store.leaves() if leaf.kind == "cases"} == set(references[damaged:])
    again = store.last_seal()
    assert store.seal(LATER, "", aside) == again


def test_a_try_that_was_sealed_before_its_words_were_kept_is_still_proven(store: Store) -> None:
    """Its row has two columns more since; empty, they are no part of what is proven."""
    opened(store, notices=(notice(),))
    tried = claim(store, AT, LATER)
    assert tried is not None
    store.record_delivery([tried], "sent", now=AT, detail="250 ok")
    [row] = store.sealable("attempts")
    assert row.leaf.hash == seals.digest("attempts", f"{tried.number}/try 1", AT, [tried.id, "sent", "250 ok"])
    store.driver.commit([("UPDATE attempts SET text = 'other words'", ())])
    [changed] = store.sealable("attempts")
    assert changed.leaf.hash != row.leaf.hash


NIGHT = "2026-03-03T00:15:00+00:00"
"""On the day after AT and LATER."""


def noted(store: Store, *, at: str = AT) -> None:
    store.note(LogEntry(at, "Somebody", "note", "{}"))


def put_in(store: Store, number: int) -> None:
    entry = f"INSERT INTO office (id, at, \"by\", kind, body) VALUES ({number}, '{AT}', 'x', 'note', 'slipped in')"
    store.driver.commit([(entry, ())])


def sealed(store: Store) -> set[str]:
    return {leaf.key for leaf in store.leaves() if leaf.kind == "office"}


def test_by_day_only_what_is_new_is_looked_through_and_at_night_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    select = Store._select

    def watched(self: Store, statement: str, **values: Value) -> list[Row]:
        looked.append(statement)
        return select(self, statement, **values)

    monkeypatch.setattr(Store, "_select", watched)
    for at, statement in ((AT, "UNSEALED"), (LATER, "NEWER"), (LATER, "NEWER"), (NIGHT, "UNSEALED"), (NIGHT, "NEWER")):
        noted(store)
        looked.clear()
        store.seal(at, "")
        for table in (*NUMBERED, *DATED):
            assert f"{statement}_{table.upper()}" in looked
        assert store.unsealed().rows == 0


def test_what_is_new_is_found_by_its_number(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    for kind in NUMBERED:
        name, values = Look("2026-03-02", {kind: 7}).statement(kind)
        assert values == {"after": 7}
        sql, bound = prepared(Dialect.SQLITE, name).step(limit=5, **values)
        plan = [row[3] for row in store.driver.rows(f"EXPLAIN QUERY PLAN {sql}", bound)]
        assert any(f"SEARCH {kind} USING INTEGER PRIMARY KEY (rowid>?)" in line for line in plan), plan
    store.close()


def test_what_is_put_in_below_is_counted_at_once_and_sealed_at_night(store: Store) -> None:
    for _ in range(4):
        noted(store)
    store.driver.commit([("DELETE FROM office WHERE id = 2", ())])
    for at in (AT, LATER, LATER):
        noted(store)
        store.seal(at, "")
    put_in(store, 2)
    noted(store)
    store.seal(LATER, "")
    assert (store.unsealed().rows, "2" in sealed(store)) == (1, False)
    store.seal(NIGHT, "")
    assert (store.unsealed().rows, "2" in sealed(store)) == (0, True)


def test_a_doctor_counts_what_is_new_alone(store: Store) -> None:
    for _ in range(4):
        noted(store)
    store.driver.commit([("DELETE FROM office WHERE id = 2", ())])
    assert store.newly_unsealed() == store.unsealed()
    for at in (AT, LATER, LATER):
        noted(store)
        store.seal(at, "")
        assert store.newly_unsealed().rows == 0
    opened(store, notices=(notice(),))
    noted(store)
    assert store.newly_unsealed() == store.unsealed()
    assert store.newly_unsealed().rows > 2
    put_in(store, 2)
    assert store.unsealed().rows - store.newly_unsealed().rows == 1


def test_what_a_doctor_counts_is_found_by_its_number(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    step = prepared(Dialect.SQLITE, "NEWER_COUNT").step(since="2026-03-02", **dict.fromkeys(NUMBERED, 7))
    plan = [row[3] for row in store.driver.rows(f"EXPLAIN QUERY PLAN {step[0]}", step[1])]
    for kind in NUMBERED:
        assert any(f"SEARCH {kind} USING INTEGER PRIMARY KEY (rowid>?)" in line for line in plan), plan
    store.close()


def test_a_late_row_is_found_although_a_higher_one_is_sealed(store: Store) -> None:
    """Its number was given out before, and it was committed after."""
    noted(store)
    store.seal(AT, "")
    put_in(store, 9)
    store.seal(LATER, "")
    put_in(store, 5)
    assert store.seal(LATER, "") is not None
    assert "5" in sealed(store)


@pytest.mark.parametrize("kept", ["", "[]", "7", "[{}, 1]", '[{}, {"office": "many"}]', "no JSON"])
def test_where_it_is_not_known_how_far_all_is_looked_through(store: Store, kept: str) -> None:
    noted(store)
    store.driver.commit([("DELETE FROM office", ())])
    for at in (AT, LATER):
        noted(store)
        store.seal(at, "")
    put_in(store, 1)
    store.note_done("sealed", LATER, kept)
    store.seal(LATER, "")
    assert "1" in sealed(store)


def test_while_a_row_cannot_be_sealed_all_is_looked_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is told by each sweep, and sealed by the first that can."""

    def refuse(leaf: Leaf) -> Leaf:
        if leaf.kind == "office":
            raise TypeError(leaf.key)
        return leaf

    with monkeypatch.context() as patch:
        patch.setattr(seals, "_sound", refuse)
        noted(store)
        for at in (AT, LATER, LATER, LATER):
            opened(store, notices=(notice(),))
            store.seal(at, "", lambda *_: suppress(TypeError))
    assert store.unsealed().rows == 1
    opened(store)
    store.seal(LATER, "")
    assert store.unsealed().rows == 0
