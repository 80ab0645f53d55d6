"""Somebody else than did another step: compared by who is said to have answered, and never kept in the state."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, find, open_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import NOTIFIED, at

TESTS = Path(__file__).parents[2]
PROCESS = """\
language: 1
process: two_people
version: 1
title: Two people
reference: TWO-{year}-{number}
opening:
  dates: {notified: When it was notified}
  agencies: at least 1
steps:
  draft: {title: Draft the report, owner: chair, ladder: none}
  check: {title: Check the report, after: draft, owner: chair, not_by: draft, ladder: none}
"""


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    office.folder = tmp_path / "definitions"
    shutil.copytree(TESTS / "toy", office.folder)
    (office.folder / "processes/two_people.yaml").write_text(PROCESS)
    opening = c.Open({"notified": NOTIFIED}, ("police",))
    return open_case(office, "two_people", opening, by="somebody", now=at(5)).case.reference


def _done(office: Workspace, reference: str, item: str, by: str) -> None:
    carry_out(office, reference, c.Complete(item), by=by, now=at(6))


def test_who_did_the_one_does_not_do_the_other(office: Workspace, reference: str) -> None:
    _done(office, reference, "draft", "A. Hollyhock, police")
    with pytest.raises(Refused, match="“Check the report” is for somebody else than did “Draft the report”") as refused:
        _done(office, reference, "check", " a.  hollyhock, POLICE")
    assert "ollyhock" not in str(refused.value)
    assert current(office, reference).items["check"].status is Status.OPEN
    _done(office, reference, "check", "B. Foxglove, health")
    assert current(office, reference).items["check"].status is Status.DONE
    assert "ollyhock" not in find(office, reference).state


def test_who_did_it_last_counts(office: Workspace, reference: str) -> None:
    _done(office, reference, "draft", "one")
    carry_out(office, reference, c.Reopen("draft", "it is too short"), by="three", now=at(6))
    _done(office, reference, "draft", "two")
    with pytest.raises(Refused, match="somebody else"):
        _done(office, reference, "check", "two")
    _done(office, reference, "check", "one")
