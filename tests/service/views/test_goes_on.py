"""Whoever ends a case is told which of those that it started do not end with it."""

import shutil
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.history import warnings
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened

STARTED = (
    "FU-2026-001, which came from this case, is open, and does not end with it. To end one that has no reason any "
    "more: reviewflow withdraw FU-2026-001 --reason WHY"
)


@pytest.fixture
def starting(office: Workspace, tmp_path: Path) -> Workspace:
    """An office whose review starts another case while there is work left in it."""
    folder = tmp_path / "now"
    shutil.copytree(office.folder, folder)
    review = folder / "processes" / "review.yaml"
    text = review.read_text(encoding="utf-8")
    review.write_text(text.replace("    after: submit\n", "    after: meeting\n"), encoding="utf-8")
    return Workspace(office.store, folder)


def started(office: Workspace) -> str:
    reference = opened(office)
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning="yes")
    assert run_automatic_steps(office, now=at(19)) == 1
    return reference


def test_whoever_withdraws_a_case_hears_what_goes_on(starting: Workspace) -> None:
    result = carry_out(starting, started(starting), c.Withdraw("it was not ours"), by=BY, now=at(20))
    assert list(warnings(starting, result.case, result.events)) == [STARTED]


def test_nothing_is_said_of_one_that_is_over(starting: Workspace) -> None:
    reference = started(starting)
    carry_out(starting, "FU-2026-001", c.Withdraw("it was not ours"), by=BY, now=at(20))
    result = carry_out(starting, reference, c.Withdraw("it was not ours"), by=BY, now=at(20))
    assert list(warnings(starting, result.case, result.events)) == []
