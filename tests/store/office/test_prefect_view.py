"""How far Prefect's view of each case has come."""

from reviewflow.store import (
    Store,
)
from tests.store.builders import change, opened


def test_prefect_is_owed_what_it_has_not_shown(store: Store) -> None:
    case, other = opened(store), opened(store)
    assert store.unmirrored(10) == [(case.reference, 1), (other.reference, 1)]
    assert len(store.unmirrored(1)) == 1
    store.mirrored(case.reference, 1)
    store.mirrored(other.reference, 1)
    assert store.unmirrored(10) == []
    store.append(change(case))
    assert store.unmirrored(10) == [(case.reference, 2)]
    store.mirrored(case.reference, 2)
    store.mirrored(case.reference, 1)  # a slow mirror's late word
    assert store.unmirrored(10) == []
