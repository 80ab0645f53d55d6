"""Holds and waits through the store: the sweep finds what is to be looked at, and what has waited long enough."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.in_prefect.shown import CaseView, WorkView
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at
from tests.service.conftest import TOY

PROCESS = {
    "language": 1,
    "process": "held",
    "version": 1,
    "title": "Held",
    "reference": "HE-{year}-{number}",
    "opening": {"dates": {"notified": "When it was notified"}},
    "holds": {"court": {"title": "A court", "stops": ["late"], "review": "7 days", "send": "reminder", "to": "chair"}},
    "steps": {
        "late": {"title": "Late", "owner": "chair", "due": "1 working day after notified", "ladder": "clock"},
        "rest": {"title": "Rest", "wait": "7 days after notified"},
        "next": {"title": "Next", "after": "rest", "send": "reminder", "to": "chair"},
    },
}


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    folder = tmp_path / "held"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "held.yaml").write_text(yaml.safe_dump(PROCESS), encoding="utf-8")
    office.folder = folder
    return open_case(office, "held", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=at(5)).case.reference


def notices(office: Workspace) -> list[tuple[str, str]]:
    return [(notice.item, notice.recipient) for notice in office.store.notices()]


def test_the_sweep_reminds_of_a_hold_and_ends_a_wait(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(5))
    assert chase_due_items(office, now=at(11)) == 0
    assert chase_due_items(office, now=at(12)) == 2
    assert chase_due_items(office, now=at(12, 11)) == 0
    assert sorted(notices(office)) == [("hold:court", "role:chair"), ("next", "role:chair")]
    assert any("A court" in notice.text for notice in office.store.notices() if notice.item == "hold:court")
    assert current(office, reference).items["rest"].done == date(2026, 5, 12)
    assert audit(office) == (1, [])


def test_what_was_held_is_chased_again_when_it_is_released(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(5))
    assert chase_due_items(office, now=at(8)) == 0
    carry_out(office, reference, c.Release("court", "the trial is over"), by=BY, now=at(8))
    assert chase_due_items(office, now=at(8, 11)) == 1
    assert sorted(notices(office)) == [("late", "role:business_manager")]  # not the rung above: it has its days again
    carry_out(office, reference, c.Hold("court", "there is an appeal"), by=BY, now=at(8, 12))
    assert {notice.status for notice in office.store.notices()} == {"withdrawn"}
    assert audit(office) == (1, [])


def test_prefect_shows_what_is_held_and_asks_only_to_look_at_it_again(office: Workspace, reference: str) -> None:
    def seen() -> tuple[CaseView, list[WorkView]]:
        cases, work, _ = pictures(office, office.store.cases(), now=at(13))
        return cases[0], work

    assert [view.item for view in seen()[1]] == ["late"]
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(5))
    carry_out(office, reference, c.Link("parallel", "T20261234", "a trial is listed"), by=BY, now=at(5))
    picture, work = seen()
    assert [view.item for view in work] == ["hold:court"]
    assert "A court" in picture.page
    assert "Look again at the hold" in picture.page
    assert picture.message.startswith("Held: A court. Runs beside it: another office's proceedings (it stops nothing)")
    carry_out(office, reference, c.Release("court", "the trial is over"), by=BY, now=at(13))
    assert [view.item for view in seen()[1]] == ["late"]
