"""Sealing ends, whatever others write meanwhile."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reviewflow.store import seals
from reviewflow.store.records import Leaf, LogEntry
from reviewflow.store.store import Store
from tests.store.builders import AT, LATER, claim, notice, opened


class WrittenTo(Store):
    """One in which somebody opens a case whenever it is looked for what is not sealed."""

    looked = 0

    def _read(self, aside: seals.Aside, damaged: Counter[str]) -> seals._Read:
        self.looked += 1
        assert self.looked < 10, "sealing runs after what is written, and never ends"
        opened(self)
        return super()._read(aside, damaged)


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
