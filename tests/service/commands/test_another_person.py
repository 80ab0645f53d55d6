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
  log:
    title: Enter what is paid
    owner: chair
    ladder: none
    not_by: draft
    after: draft
    form:
      paid:
        type: rows
        label: What was paid?
        grows: yes
        columns: {sum: {type: number, label: "In pounds"}, to: {type: agency, label: To whom}}
  verify: {title: Verify what was paid, after: log, owner: chair, not_by: log, ladder: none}
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


def _adds(office: Workspace, reference: str, by: str, to: str = "police") -> None:
    line = {"sum": "40", "to": to}
    carry_out(office, reference, c.Complete("log", {"more_to_come": "yes", "paid": [line]}), by=by, now=at(6))


def test_who_entered_or_changed_a_line_does_not_do_the_other_whoever_closed_the_table(
    office: Workspace, reference: str
) -> None:
    _done(office, reference, "draft", "zero")
    _adds(office, reference, "one")
    carry_out(office, reference, c.ChangeLine("log.paid", 1, {"sum": "4"}, "mistyped"), by="two", now=at(6))
    carry_out(office, reference, c.Complete("log", {"more_to_come": "no"}), by="three", now=at(6))
    for who in ("one", "two", "three"):
        with pytest.raises(Refused, match="somebody else than did “Enter what is paid”"):
            _done(office, reference, "verify", who)
    _done(office, reference, "verify", "four")


def test_a_line_is_changed_and_withdrawn_by_nobody_who_may_not_enter_one(office: Workspace, reference: str) -> None:
    _done(office, reference, "draft", "zero")
    _adds(office, reference, "one")
    for command in (c.ChangeLine("log.paid", 1, {"sum": "4"}, "mistyped"), c.WithdrawLine("log.paid", 1, "mistyped")):
        with pytest.raises(Refused, match="somebody else than did “Draft the report”"):
            carry_out(office, reference, command, by="zero", now=at(6))


def test_an_agency_is_named_by_its_title_where_a_line_is_changed_as_where_it_is_added(
    office: Workspace, reference: str
) -> None:
    title = office.partnership.agencies["police"].title
    _done(office, reference, "draft", "zero")
    _adds(office, reference, "one", title)
    carry_out(office, reference, c.ChangeLine("log.paid", 1, {"sum": "4", "to": title}, "so"), by="two", now=at(6))
    assert current(office, reference).items["log"].answers["paid"] == [{"sum": 4, "to": "police"}]
