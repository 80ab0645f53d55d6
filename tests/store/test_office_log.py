"""The office's log and the sweeps."""

from reviewflow.store import (
    Store,
    Sweep,
)
from tests.store.builders import AT, LATER


def test_the_last_sweep_is_remembered(store: Store) -> None:
    assert store.last_sweep() is None
    store.record_sweep(Sweep(AT, AT, 1, 2, 0, ""))
    store.record_sweep(Sweep(LATER, LATER, 3, 4, 1, "one address was refused"))
    assert store.last_sweep() == Sweep(LATER, LATER, 3, 4, 1, "one address was refused")
