"""Sealing ends, whatever others write meanwhile."""

import pytest

from reviewflow.store import seals
from reviewflow.store.records import Leaf
from reviewflow.store.store import Store
from tests.store.builders import AT, opened


class WrittenTo(Store):
    """One in which somebody opens a case whenever it is looked for what is not sealed."""

    looked = 0

    def _read(self) -> list[Leaf]:
        self.looked += 1
        assert self.looked < 10, "sealing runs after what is written, and never ends"
        opened(self)
        return super()._read()


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
