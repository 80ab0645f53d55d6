"""Two at once, on both databases: one result."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from reviewflow.case.model.refusal import Refused
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, done, finished, opened
from tests.service.conftest import TOY

CROWD = 4


def at_once(url: str, act: Callable[[Workspace], object]) -> list[object]:
    """The same wish from several offices at the same moment."""
    barrier = Barrier(CROWD)

    def run(_: int) -> object:
        store = open_store(url)
        try:
            barrier.wait()
            return act(Workspace(store, TOY))
        finally:
            store.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(run, range(CROWD)))


def test_sweeps_at_once_chase_each_item_once(office: Workspace, database_url: str) -> None:
    for _ in range(10):
        opened(office)
    fired = at_once(database_url, lambda workspace: chase_due_items(workspace, now=at(12)))
    assert sum(int(str(number)) for number in fired) == 20
    chased = [
        (notice.reference, notice.item) for notice in office.store.notices() if notice.item.startswith("agency_return")
    ]
    assert len(chased) == len(set(chased)) == 20
    assert audit(office) == (10, [])


def test_completions_at_once_count_once(office: Workspace, database_url: str) -> None:
    reference = opened(office)

    def complete(workspace: Workspace) -> str:
        try:
            done(workspace, reference, "agency_return/police", at(6))
        except Refused as refused:
            return str(refused.reasons[0])
        return "done"

    outcomes = at_once(database_url, complete)
    assert sorted(map(str, outcomes)) == ['"agency_return/police" is already done on Wed 6 May 2026.'] * 3 + ["done"]
    assert audit(office) == (1, [])


def test_the_same_form_answered_twice_is_one_completion(office: Workspace, database_url: str) -> None:
    reference = opened(office)
    outcomes = at_once(
        database_url,
        lambda workspace: len(done(workspace, reference, "agency_return/police", at(6), key="run-1").events),
    )
    assert sorted(int(str(outcome)) > 0 for outcome in outcomes) == [False, False, False, True]


def test_a_linked_case_is_started_once(office: Workspace, database_url: str) -> None:
    finished(office, opened(office), learning="yes")
    at_once(database_url, lambda workspace: run_automatic_steps(workspace, now=at(20)))
    assert [row.reference for row in office.store.cases(None)] == ["TR-2026-001", "FU-2026-001"]
    assert audit(office) == (2, [])
