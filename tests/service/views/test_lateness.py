"""What is late is late everywhere, and what is held nowhere."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.views.case_glances import case_glances
from reviewflow.service.views.case_page.due import due_lines, looks_overdue
from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.views.lateness import dated_items
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
        "late": {"title": "Late", "owner": "chair", "due": "1 working day after notified"},
        "letter": {
            "title": "A letter",
            "owner": "chair",
            "waits_for": "the court",
            "due": "1 working day after notified",
        },
    },
}
NOW = at(12)


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    folder = tmp_path / "held"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "held.yaml").write_text(yaml.safe_dump(PROCESS), encoding="utf-8")
    office.folder = folder
    return open_case(office, "held", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=at(5)).case.reference


def counts(office: Workspace, reference: str, now: datetime) -> tuple[int, int, int, int]:
    """How much is late, as each list and the figures have it."""
    context = office.context(next(row for row in office.store.cases(None) if row.reference == reference), now)
    [glance] = case_glances(office, office.store.cases(None), now=now)
    [cases, *_] = make_report(office, ReportScope(), now=now, looks_overdue=looks_overdue(office, now=now)).sheets
    due = [line for _, line in due_lines(office, now=now, days=0) if "overdue" in line.days]
    figure = cases.rows[0][cases.columns.index("Overdue now")]
    return sum(dated.is_late for dated in dated_items(context)), glance.overdue, len(due), int(str(figure))


def test_what_is_late_is_late_in_each_list_and_in_the_figures(office: Workspace, reference: str) -> None:
    assert counts(office, reference, at(6)) == (0, 0, 0, 0)
    assert counts(office, reference, NOW) == (1, 1, 1, 1)


def test_what_is_held_is_late_nowhere_until_it_is_released(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(7))
    assert counts(office, reference, NOW) == (0, 0, 0, 0)
    carry_out(office, reference, c.Release("court", "the trial is over"), by=BY, now=NOW)
    assert counts(office, reference, at(20)) == (1, 1, 1, 1)


def test_what_fell_with_its_case_is_late_nowhere(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Withdraw("opened by mistake"), by=BY, now=NOW)
    assert counts(office, reference, NOW) == (0, 0, 0, 0)


def test_a_hold_whose_look_is_overdue_counts_as_one_in_each_list_and_in_the_figures(
    office: Workspace, reference: str
) -> None:
    """Its look was left out of the figures alone; no step is late here."""
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(7))
    assert counts(office, reference, at(20)) == (0, 1, 1, 1)


def test_what_is_settled_already_is_not_said_to_be_stopped(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Hold("court", "a trial is listed"), by=BY, now=at(6))
    assert stopped(office, reference) == ["Late"]
    carry_out(office, reference, c.Skip("late", "it was done by telephone"), by=BY, now=at(7))
    assert stopped(office, reference) == []


def stopped(office: Workspace, reference: str) -> list[str]:
    """What the page of the case says that its holds stop."""
    row = next(row for row in office.store.cases(None) if row.reference == reference)
    return [title for hold in describe_case(office, row, now=NOW).holds for title in hold.stops]
