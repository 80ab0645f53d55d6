"""A sweep is cut into shares that a real runner takes, and is whole where nobody takes them."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.sweep_share import sweep_share
from reviewflow.case.model import commands as c
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.sweep.share import WHOLE, Share
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.service.workspace.workspace import DEFINITIONS, open_workspace
from tasks.shares import SHARES, left_of, shares_wanted
from tests.prefect.page import Page
from tests.service.conftest import TOY

CASES = 5


@pytest.mark.slow
def test_a_real_runner_takes_the_shares_and_the_sweep_says_what_one_would(tmp_path: Path, migrated: Path) -> None:
    shutil.copytree(migrated, tmp_path / "prefect")
    environ = {
        **os.environ,
        DATABASE: f"sqlite:///{tmp_path / 'reviewflow.db'}",
        DEFINITIONS: str(TOY),
        SHARES: "2",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    with open_workspace(environ) as workspace:
        before = datetime.now(UTC) - timedelta(days=40)
        for number in range(CASES):
            opening = c.Open({"notified": before.date()}, ("police",))
            open_case(workspace, "review", opening, by="tester", now=before, key=f"case {number}")
    with running(tmp_path, free_port(), environ) as started:
        run_deployment(started.environment, "chase/chase")
        ends = Page(started.environment).ends_of("sweep-share")
    assert ends == {"Share 1 of 2": "COMPLETED", "Share 2 of 2": "COMPLETED"}
    with open_workspace(environ) as workspace:
        chased = {notice.reference for notice in workspace.store.notices() if notice.item == "agency_return/police"}
    assert len(chased) == CASES


def test_a_share_believes_no_moment_that_is_yet_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever begins one by hand in Prefect, where no gate stands before it, chases nobody for next year."""
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path / 'reviewflow.db'}")
    monkeypatch.setenv(DEFINITIONS, str(TOY))
    now = datetime.now(UTC)
    with open_workspace(os.environ) as workspace:
        open_case(workspace, "review", c.Open({"notified": now.date()}, ("police",)), by="tester", now=now)
    assert sweep_share.fn(0, 1, now + timedelta(days=300)) == 0


def test_what_is_left_is_what_nobody_did() -> None:
    assert left_of([], 3) == ()
    assert left_of([1], 3) == (Share(1, 3),)
    assert left_of([0, 1, 2], 3) == (WHOLE,)


@pytest.mark.parametrize("said", ["0", "-1", "many", "65", "1.5"])
def test_what_is_no_number_of_shares_is_told(said: str) -> None:
    assert shares_wanted({}) == 1
    assert shares_wanted({SHARES: "3"}) == 3
    with pytest.raises(NotUsable, match="whole number from 1 to 64"):
        shares_wanted({SHARES: said})
