"""What could not be done is kept once for each place, until it is cleared; one at a time is at work."""

from dataclasses import replace

from reviewflow.store import Store
from reviewflow.store.records import Lease, Trouble

NINE, TEN, ELEVEN = (f"2026-05-05T{hour:02d}:00:00+00:00" for hour in (9, 10, 11))
TROUBLE = Trouble("chase", "case", "RR-2026-001", "KeyError in reviewflow.case, line 1", NINE, NINE, 1, TEN)


def test_a_trouble_replaces_the_one_before_at_its_place(store: Store) -> None:
    again = replace(TROUBLE, tried=TEN, tries=2, next_try=ELEVEN)
    other = replace(TROUBLE, part="letters")
    for trouble in (TROUBLE, again, other):
        store.note_trouble(trouble)
    assert store.troubles() == [again, other]
    store.clear_trouble(again)
    assert store.troubles() == [other]


def test_one_is_at_work_until_it_ends_or_its_time_is_over(store: Store) -> None:
    assert store.take_lease("sweep", "a", NINE, TEN) is None
    assert store.take_lease("sweep", "b", NINE, TEN) == Lease("a", NINE, TEN)
    store.end_lease("sweep", "b")
    store.end_lease("sweep", "a")
    assert store.take_lease("sweep", "b", NINE, TEN) is None
    assert store.take_lease("sweep", "c", TEN, ELEVEN) is None
    assert store.take_lease("sweep", "b", TEN, ELEVEN) == Lease("c", TEN, ELEVEN)
