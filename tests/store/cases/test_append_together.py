"""Several cases in one transaction: all of them, or none when somebody else was first with one."""

from reviewflow.store import Store, verify_chain
from tests.store.builders import change, item, notice, opened


def test_cases_are_loaded_together_in_the_order_they_were_opened(store: Store) -> None:
    first, second, third = (opened(store) for _ in range(3))
    assert store.load_these([third.reference, "RR-2026-999", first.reference]) == [first, third]
    assert store.load_these([second.reference]) == [second]


def test_changes_of_different_cases_are_made_together(store: Store) -> None:
    cases = [opened(store) for _ in range(3)]
    changes = [change(case, events=2, items=(item(),), notices=(notice(),), withdraw=("a",)) for case in cases]
    assert store.append_together(changes) == store.cases()
    for case in store.cases():
        assert (case.number, verify_chain(case, store.events(case.reference))) == (3, None)
    assert len(store.notices()) == 3


def test_none_is_made_when_one_is_lost_to_somebody_else(store: Store) -> None:
    cases = [opened(store) for _ in range(3)]
    store.append(change(cases[1]))
    assert store.append_together([change(case, notices=(notice(),)) for case in cases]) is None
    assert [case.number for case in store.cases()] == [1, 2, 1]
    assert store.notices() == []
