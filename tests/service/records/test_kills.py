"""Whoever holds, erases or destroys is killed at random, over and over: nothing is half done."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.records.audit import audit
from reviewflow.service.records.disposal import certificates, destroy
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.store.store import open_store
from tests.forked import Moments, forked_workers
from tests.service.plans import SHIPPED, on

KILLS, ENOUGH, WORKERS = 36, 3, 2
WITHIN = 0.15
"""Seconds: a keeper's first deed is done after 0.02, and each of those that follow takes a few thousandths."""


def killed_over_and_over(office: Workspace, url: str) -> None:
    """Until so many were killed, and so much was destroyed and erased before they were."""
    moments, kills = Moments(random.Random(6), within=WITHIN), 0
    with forked_workers("tests.service.records.keeper", url) as keepers:
        while kills < KILLS or not has_enough(office):
            keepers.kill_after(moments.next(recorded(office)), *range(kills, kills + WORKERS))
            kills += WORKERS


def recorded(office: Workspace) -> int:
    """How many cases, events, entries of the log and certificates there are or were: whatever is done changes it."""
    cases = office.store.cases(None)
    latest = max((row.id for row in cases), default=0)
    return latest + sum(row.number for row in cases) + len(office.store.destroyed()) + len(office.store.noted())


def has_enough(office: Workspace) -> bool:
    return len(office.store.destroyed()) >= ENOUGH and len(office.store.noted("name_erased")) >= ENOUGH


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, SHIPPED, papers=tmp_path)
    store.close()


def placed_and_lifted(office: Workspace, row: CaseRow) -> list[str]:
    return [each.kind for each in office.store.events(row.reference) if each.kind.startswith("LegalHold")]


@pytest.mark.slow
def test_what_is_kept_erased_and_destroyed_is_so_as_a_whole(here: Workspace, database_url: str) -> None:
    killed_over_and_over(here, database_url)
    begun = {each.certificate.case for each in certificates(here)}
    for row in here.store.cases(None):
        if row.reference in begun:  # cut short after its certificate was written: said again, the rest is done
            destroy(here, row.reference, "the schedule says so", by="t", now=on(7, 2, 2033))
    rows = here.store.cases(None)
    assert audit(here) == (len(rows), [])
    assert len(begun) >= ENOUGH
    assert begun.isdisjoint(row.reference for row in rows)
    for row in rows:
        kinds = placed_and_lifted(here, row)
        assert kinds == ["LegalHoldPlaced", "LegalHoldLifted"] * (len(kinds) // 2) + ["LegalHoldPlaced"] * (
            len(kinds) % 2
        )
    left = {str(row[0]) for row in here.store.driver.rows("SELECT case_id FROM events")}
    assert left == {str(row.id) for row in rows}
    assert here.store.noted("name_erased")
