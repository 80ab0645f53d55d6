"""The office's log and the sweeps."""

from reviewflow.store import (
    Store,
    Sweep,
)
from reviewflow.store.records import Done
from tests.store.builders import AT, LATER


def test_the_last_sweep_is_remembered(store: Store) -> None:
    assert store.last_sweep() is None
    store.record_sweep(Sweep(AT, AT, 1, 2, 0, ""))
    store.record_sweep(Sweep(LATER, LATER, 3, 4, 1, "one address was refused"))
    assert store.last_sweep() == Sweep(LATER, LATER, 3, 4, 1, "one address was refused")


def test_what_was_last_done_is_kept_in_place_of_the_time_before(store: Store) -> None:
    assert store.last_done() == {}
    store.note_done("backup", AT)
    store.note_done("prefect", AT, "{}")
    store.note_done("backup", LATER)
    assert store.last_done() == {"backup": Done(LATER, ""), "prefect": Done(AT, "{}")}


def test_nothing_is_recorded_or_due_in_an_office_without_cases(store: Store) -> None:
    assert (store.last_recorded(), store.longest_due(LATER)) == (None, None)
