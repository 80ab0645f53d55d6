"""Actions from a spreadsheet with the office's headings; what is wrong is told row by row, and nothing half done."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.commands.carry_out import carry_out, current
from reviewflow.service.reports.figures.drawing import Report, as_csv, as_workbook
from reviewflow.service.reports.registers.action_lines import Chosen, action_lines, action_sheet
from reviewflow.service.reports.registers.repeats import repeats_of
from reviewflow.service.reports.registers.spreadsheet import rows_of
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import ACTIONS, PLANNED, YES, done, on, opened_plan

HEAD = [
    "Rec",
    "What we will do",
    "kind",
    "Strength",
    "Lead agency",
    "Milestones",
    "Target date",
    "change",
]
HEAD += ["evidence", "Remarks of the office"]
GOOD: list[Any] = [1, "Put the question into the form", "In one agency", "Strong", "Northmoor Police"]
GOOD += ["01/07/2026 Question drafted; 2026-08-01 Staff told (reached 2026-08-02)"]
GOOD += ["01/09/2026", "Children are asked", "An audit", "seen"]
OWN = {"recommendation": "Rec", "action": "What we will do", "lead": "Lead agency", "due": "Target date"}


@pytest.fixture
def office(office: Workspace) -> Workspace:
    """With headings of its own."""
    own = office.partnership.model_copy(update={"headings": OWN})
    return Workspace(office.store, office.folder, own_partnership=own)


def workbook(path: Path, *rows: list[Any], title: bool = True) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in ([["Action plan of the partnership"], []] if title else []) + [HEAD, *rows]:
        page.append(row)
    book.save(path)
    return path


def test_rows_become_the_answers_of_the_step(office: Workspace, tmp_path: Path) -> None:
    reference = opened_plan(office)
    tables = rows_of(office, reference, "plan", workbook(tmp_path / "a.xlsx", GOOD, [None], GOOD))
    carry_out(office, reference, c.Complete("plan", {**PLANNED, **tables}), by="t", now=on(5, 6))
    [first, second] = action_lines(office, Chosen(), now=on(5, 6))
    assert (first.action, first.lead, first.due) == (GOOD[1], "Northmoor Police", date(2026, 9, 1))
    assert (second.strength, second.recommendation) == ("Strong", "1")
    assert second.milestones == "2026-07-01 Question drafted; 2026-08-01 Staff told"


def test_a_heading_that_is_broken_over_lines_is_the_same_heading(office: Workspace, tmp_path: Path) -> None:
    reference, path = opened_plan(office), workbook(tmp_path / "a.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["G3"] = "Target\n date"
    book.save(path)
    assert [row["due"] for row in rows_of(office, reference, "plan", path)["actions"]] == ["2026-09-01"]


def test_all_that_is_wrong_is_told_by_row_and_nothing_is_taken_in(office: Workspace, tmp_path: Path) -> None:
    reference = opened_plan(office)
    bad = [*GOOD]
    bad[5] = "when the form is there"
    bad[1], bad[4], bad[6] = "Ring John Smith, born 3 May 2019, on 07700 900123", "Northmoor Polise", "soon"
    counting = [*GOOD]
    counting[7] = '=HYPERLINK("https://elsewhere.example.org")'
    with pytest.raises(Refused) as refused:
        rows_of(office, reference, "plan", workbook(tmp_path / "a.xlsx", GOOD, bad, counting))
    said = str(refused.value)
    assert "Row 5, What we will do: " in said
    assert 'Row 5, Lead agency: "Northmoor Polise" does not take part' in said
    assert "Row 5, Target date: " in said
    assert 'Row 5, Milestones: "when the form is there" is not a day and what is reached then.' in said
    assert "Row 6, Expected change: a formula stands here." in said
    assert "Nothing was taken in." in said
    assert "Row 4" not in said
    assert current(office, reference).items["plan"].status == "open"


def test_a_missing_column_and_one_that_stands_twice(office: Workspace, tmp_path: Path) -> None:
    reference = opened_plan(office)
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [["action", "lead", "Lead agency", "due"], ["Caf\xe9", "police", "", ""]]
        )
    with pytest.raises(Refused) as refused:
        rows_of(office, reference, "plan", path)
    said = str(refused.value)
    assert 'There is no column "Strength" (How strong is it?). Headings in the file: action, lead, Lead agency' in said
    assert 'The column "Lead agency" stands 2 times in the file.' in said


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_was_written_out_can_be_taken_in(office: Workspace, plan: str, tmp_path: Path, name: str) -> None:
    sheet = action_sheet(office, action_lines(office, Chosen(), now=on(5, 11)))
    path = tmp_path / name
    drawn = as_csv(sheet).encode() if name == "a.csv" else as_workbook(Report("Actions", "", (sheet,)))
    path.write_bytes(drawn)
    again = opened_plan(office)
    tables = rows_of(office, again, "plan", path)
    carry_out(office, again, c.Complete("plan", {**PLANNED, **tables}), by="t", now=on(5, 6))
    done(office, again, "approve", on(5, 8), **YES)
    before, after = (action_lines(office, Chosen((each,)), now=on(5, 11)) for each in (plan, again))
    assert [replace(each, number="", case="") for each in after] == [
        replace(each, number="", case="") for each in before
    ]


def test_an_action_like_an_earlier_one_is_shown_with_its_number(office: Workspace, plan: str) -> None:
    reference = opened_plan(office)
    again = [{**ACTIONS[0], "action": "Train all staff in schools"}, {**ACTIONS[0], "action": "Open a new family hub"}]
    command = c.Complete("plan", {**PLANNED, "actions": json.dumps(again)})
    outcome = carry_out(office, reference, command, by="t", now=on(5, 12))
    [warning] = repeats_of(office, outcome)
    assert str(warning).startswith(f'Line 1 is like an earlier action, {plan}/2: "Train the staff of all schools".')
    assert "Train" not in warning.without_words
