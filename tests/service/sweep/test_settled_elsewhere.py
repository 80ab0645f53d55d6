"""Cases that wait for each other: each begins when all are heard, whichever says that they are linked."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.commands.migration import make_move, plan_move
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import BY, at

TOY = Path(__file__).parent.parent.parent / "toy"
PROCESS = """
language: 1
process: appeal
version: 1
title: An appeal
reference: APL-{year}-{number}
opening:
  dates: {lodged: On which day was it lodged?}
steps:
  hear: {title: Hear it, owner: chair, due: 1 month after lodged}
  decide:
    title: Decide it
    after: hear
    owner: chair
    due: 5 working days after hear
    after_in_linked: {joint_with: hear}
"""
ALONE = PROCESS.replace("    after_in_linked: {joint_with: hear}\n", "").replace("APL-", "ALO-")
FIRST, SECOND, THIRD = (f"APL-2026-00{number}" for number in (1, 2, 3))
OTHER = "ALO-2026-001"


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "appeal.yaml").write_text(PROCESS)
    (folder / "processes" / "alone.yaml").write_text(ALONE.replace("process: appeal", "process: alone"))
    store = open_store(database_url)
    store.migrate()
    workspace = Workspace(store, folder)
    for process in ("appeal", "appeal", "appeal", "alone"):
        open_case(workspace, process, c.Open({"lodged": date(2026, 5, 5)}), by=BY, now=at(5))
    yield workspace
    store.close()


def do(office: Workspace, reference: str, command: c.Command, now: datetime) -> None:
    carry_out(office, reference, command, by=BY, now=now)
    swept(office, now)


def swept(office: Workspace, now: datetime) -> None:
    """Until nothing more is to be told, which is soon."""
    for _ in range(3):
        run_automatic_steps(office, now=now)
    assert office.store.due_jobs("9999", 9) == []
    assert office.store.troubles() == []


def linked(office: Workspace, other: str, leader: str, now: datetime) -> None:
    do(office, other, c.Link("joint_with", leader, "the same family"), now)


def standing(office: Workspace, *references: str) -> list[Status]:
    found = (current(office, reference).items.get("decide") for reference in references)
    return [item.status if item is not None else Status.PENDING for item in found]


def test_each_begins_when_the_last_of_all_is_heard(office: Workspace) -> None:
    linked(office, SECOND, FIRST, at(6))
    linked(office, THIRD, FIRST, at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    do(office, SECOND, c.Complete("hear"), at(8))
    assert standing(office, FIRST, SECOND, THIRD) == [Status.PENDING] * 3
    reasons = [reason.words for reason in why(office, SECOND, "decide", now=at(8)).reasons]
    assert f"It waits until “Hear it” is done in {THIRD}, which is linked with this case." in reasons
    with pytest.raises(Refused, match=f"it waits for hear in {THIRD}"):
        do(office, SECOND, c.Complete("decide"), at(8))
    do(office, THIRD, c.Complete("hear"), at(11))
    assert standing(office, FIRST, SECOND, THIRD) == [Status.OPEN] * 3


def test_one_that_was_linked_a_moment_ago_is_waited_for(office: Workspace) -> None:
    carry_out(office, SECOND, c.Link("joint_with", FIRST, "the same family"), by=BY, now=at(6))
    do(office, SECOND, c.Complete("hear"), at(6))
    assert standing(office, SECOND) == [Status.PENDING]


def test_one_that_is_heard_anew_is_waited_for_again(office: Workspace) -> None:
    linked(office, SECOND, FIRST, at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    do(office, SECOND, c.Complete("hear"), at(8))
    do(office, SECOND, c.Complete("decide"), at(8))
    do(office, SECOND, c.Reopen("hear", "the tape was lost"), at(11))
    assert standing(office, FIRST) == [Status.PENDING]
    do(office, SECOND, c.Complete("hear"), at(12))
    assert standing(office, FIRST) == [Status.OPEN]


@pytest.mark.parametrize("leaves", [c.Withdraw("by mistake"), c.Unlink(FIRST, "no longer")])
def test_one_that_is_over_or_taken_away_is_waited_for_no_more(office: Workspace, leaves: c.Command) -> None:
    linked(office, SECOND, FIRST, at(6))
    linked(office, THIRD, FIRST, at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    do(office, SECOND, c.Complete("hear"), at(8))
    do(office, THIRD, leaves, at(11))
    assert standing(office, FIRST, SECOND) == [Status.OPEN, Status.OPEN]


def test_a_case_whose_process_waits_for_nothing_is_waited_for(office: Workspace) -> None:
    linked(office, FIRST, OTHER, at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    assert standing(office, FIRST) == [Status.PENDING]
    do(office, OTHER, c.Complete("hear"), at(8))
    assert standing(office, FIRST, OTHER) == [Status.OPEN, Status.OPEN]


def test_a_case_of_another_office_or_another_kind_of_link_is_not_waited_for(office: Workspace) -> None:
    do(office, FIRST, c.Link("joint_with", "T20260017", "a trial", outside=True), at(6))
    do(office, FIRST, c.Link("parallel", SECOND, "it runs beside"), at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    assert standing(office, FIRST) == [Status.OPEN]


def test_a_link_of_another_kind_than_before_counts_as_what_it_is_now(office: Workspace) -> None:
    linked(office, SECOND, FIRST, at(6))
    do(office, SECOND, c.Complete("hear"), at(7))
    assert standing(office, SECOND) == [Status.PENDING]
    do(office, SECOND, c.Link("parallel", FIRST, "only beside it"), at(8))
    assert standing(office, SECOND) == [Status.OPEN]


def test_a_case_that_goes_on_under_a_version_that_waits_asks_the_others(office: Workspace) -> None:
    linked(office, OTHER, FIRST, at(6))
    do(office, FIRST, c.Complete("hear"), at(7))
    later = office.folder / "processes" / "alone.yaml"
    waits = PROCESS.replace("APL-", "ALO-").replace("process: appeal", "process: alone")
    later.write_text(waits.replace("version: 1", "version: 2"))
    moved = Workspace(office.store, office.folder)
    make_move(moved, plan_move(moved, OTHER, reason="they wait now", now=at(8)), by=BY, now=at(8))
    swept(moved, at(8))
    assert current(moved, OTHER).elsewhere == {"joint_with": {FIRST: {"hear": at(8).date()}}}
