"""Sealing ends, whatever others write meanwhile."""

import pytest

from reviewflow.store import seals
from reviewflow.store.records import Leaf
from reviewflow.store.store import Store
from tests.store.builders import AT, LATER, claim, notice, opened


class WrittenTo(Store):
    """One in which somebody opens a case whenever it is looked for what is not sealed."""

    looked = 0

    def _read(self, aside: seals.Aside) -> list[Leaf]:
        self.looked += 1
        assert self.looked < 10, "sealing runs after what is written, and never ends"
        opened(self)
        return super()._read(aside)


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
