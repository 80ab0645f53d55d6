"""Another partnership's plan is written down to be filled in: what it says, and what it does not say."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.reports.figures.drawing import Report, as_workbook
from reviewflow.service.reports.registers.spreadsheet import rows_of
from reviewflow.service.reports.registers.to_complete import STILL, to_complete
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import PLANNED, on, opened_plan

HEADINGS = {
    "recommendation": "Recommendation",
    "action": "Action to be taken",
    "lead": "Lead Agency",
    "due": "Target date",
    "milestones": "Key milestones",
}
PUBLISHED: list[list[Any]] = [
    ["Appendix B"],
    ["Multi-agency Action Plan"],
    ["Recommendation", "Scope", "Action to be taken", "Lead Agency", "Key milestones", "Target date"],
    [
        "Recommendation 1: review the protocol",
        "Local",
        "Review the current protocol",
        "Northmoor Police\nNorthmoor Education Service",
        "Review it\nTell all parties",
        "By 31/12/2026\nBy 31/01/2027",
    ],
    ["Recommendation 2: joint training", "Regional", "Hold joint sessions", "Northmoor Police", "", "Ongoing"],
]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in PUBLISHED:
        book.worksheets[0].append(row)
    book.save(tmp_path / "plan.xlsx")
    return tmp_path / "plan.xlsx"


@pytest.fixture
def headed(office: Workspace) -> Workspace:
    own = office.partnership.model_copy(update={"headings": HEADINGS})
    return Workspace(office.store, office.folder, own_partnership=own)


def test_what_the_plan_says_is_kept_and_what_it_does_not_say_is_named_and_empty(
    headed: Workspace, published: Path
) -> None:
    found = to_complete(headed, opened_plan(headed), "plan", published)
    first, second = (dict(zip(found.sheet.columns, row, strict=True)) for row in found.sheet.rows)
    assert (first["Recommendation"], first["Action to be taken"]) == ("1", "Review the current protocol")
    assert (first["Lead Agency"], first["Contributors"]) == ("Northmoor Police", "Northmoor Education Service")
    assert first["Target date"] == "2027-01-31"
    assert (second["Target date"], second["Key milestones"]) == ("Ongoing", None)
    missing = ("Kind", "Strength", "Expected change", "Evidence asked for")
    assert [row[name] for row in (first, second) for name in missing] == [None] * 8
    assert {line.partition(":")[0] for line in str(first[STILL]).splitlines()} == {*missing, "Key milestones"}
    assert {line.partition(":")[0] for line in str(second[STILL]).splitlines()} == {*missing, "Target date"}
    assert (found.actions, found.cells) == (2, 10)


def test_filled_in_it_leaves_nothing_to_be_asked_afterwards(headed: Workspace, published: Path, tmp_path: Path) -> None:
    reference, path = opened_plan(headed), tmp_path / "to complete.xlsx"
    sheet = to_complete(headed, reference, "plan", published).sheet
    path.write_bytes(as_workbook(Report(sheet.title, sheet.says, (sheet,))))
    assert "Expected change of 2 actions" in rows_of(headed, reference, "plan", path).unsaid
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    [head] = [row for row in page.iter_rows() if row[0].value == "Recommendation"]
    column = {cell.value: cell.column for cell in head}
    for row in (head[0].row + 1, head[0].row + 2):
        said = {
            "Kind": "At once",
            "Strength": "Strong",
            "Expected change": "Seen sooner",
            "Evidence asked for": "Figures",
        }
        for name, value in {**said, "Target date": "2027-01-31", "Key milestones": "2026-12-01 Reviewed"}.items():
            page.cell(row, column[name]).value = value
    book.save(path)
    taken = rows_of(headed, reference, "plan", path)
    assert [line["change"] for line in taken.tables["actions"]] == ["Seen sooner"] * 2
    assert [line["number"] for line in taken.tables["milestones"]] == [1, 2]
    assert taken.unsaid == ()
    assert taken.left_out == (f'columns that the plan does not ask for: "{STILL}".',)
    carry_out(headed, reference, c.Complete("plan", {**PLANNED, **taken.tables}), by="t", now=on(5, 6))
