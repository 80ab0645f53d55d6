"""Jobs wait for their next try and are finished once."""

import pytest

from reviewflow.store import (
    AlreadyRecorded,
    Store,
)
from tests.store.builders import AT, LATER, change, job, opened

HOUR_LATER = "2026-03-02T11:00:00+00:00"


def test_a_job_waits_for_its_next_try_and_is_finished_once(store: Store) -> None:
    case = opened(store, jobs=(job(),))
    [waiting] = store.due_jobs(AT, 10)
    store.retry_job(waiting.id, next_try=HOUR_LATER, error="Prefect is down")
    assert store.due_jobs(LATER, 10) == []
    [again] = store.due_jobs(HOUR_LATER, 10)
    assert (again.tries, again.error) == (1, "Prefect is down")
    after = store.append(change(case, done_job=again.id, jobs=(job("second"),)))
    with pytest.raises(AlreadyRecorded):
        store.append(change(after, done_job=again.id))
    [second] = store.due_jobs(HOUR_LATER, 10)
    assert second.item == "second"
    assert second.id != again.id
