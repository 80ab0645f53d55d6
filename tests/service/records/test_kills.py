"""Whoever holds, erases or destroys is killed at random, over and over: nothing is half done."""

import contextlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.records.audit import audit
from reviewflow.service.records.disposal import certificates, destroy
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.store.store import open_store
from tests.service.plans import SHIPPED, on

SECONDS, AT_MOST, ENOUGH, WORKERS = 12, 180, 3, 2


def killed_over_and_over(office: Workspace, url: str) -> None:
    """For a while; longer on a machine so busy that little was destroyed and erased before a worker was killed."""
    chance, seed, started = random.Random(6), 0, time.monotonic()
    while time.monotonic() - started < (SECONDS if has_enough(office) else AT_MOST):
        with contextlib.ExitStack() as stack:
            for _ in range(WORKERS):
                seed += 1
                command = [sys.executable, "-m", "tests.service.records.keeper", url, str(seed)]
                worker = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
                stack.callback(worker.kill)
                assert worker.stdout is not None
                assert worker.stdout.readline() == b"at work\n"
            time.sleep(chance.random() * 2)
            assert worker.poll() is None


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
