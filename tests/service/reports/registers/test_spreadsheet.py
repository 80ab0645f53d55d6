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
    taken = rows_of(office, reference, "plan", workbook(tmp_path / "a.xlsx", GOOD, [None], GOOD))
    carry_out(office, reference, c.Complete("plan", {**PLANNED, **taken.tables}), by="t", now=on(5, 6))
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
    assert [row["due"] for row in rows_of(office, reference, "plan", path).tables["actions"]] == ["2026-09-01"]


def test_all_that_is_wrong_is_told_by_row_and_nothing_is_taken_in(office: Workspace, tmp_path: Path) -> None:
    reference = opened_plan(office)
    bad = [*GOOD]
    bad[5] = "2026-07-01 Form drafted; when the form is there"
    bad[1], bad[4], bad[6] = "Ring John Smith, born 3 May 2019, on 07700 900123", "Northmoor Polise", "soon after 3 May"
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
    assert (
        'There is no column "Rec" (Number of the recommendation in the report). Headings in the file: action, ' in said
    )
    assert "Strength" not in said
    assert 'The column "Lead agency" stands 2 times in the file.' in said
    assert "write under spreadsheet_words what is taken instead, such as " in refused.value.possible


def test_every_sheet_with_the_headings_is_taken_in_and_each_other_one_is_told(
    office: Workspace, tmp_path: Path
) -> None:
    reference, path = opened_plan(office), workbook(tmp_path / "a.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    for name, action in (("Education", "Change the page"), ("Health", "Change the letter"), ("Old", "Change nothing")):
        page = book.create_sheet(name)
        page.append(HEAD)
        page.append([1, action, *GOOD[2:]])
    book["Health"].append(GOOD)
    book["Old"].sheet_state = "hidden"
    book.create_sheet("Notes").append(["Remember the minutes"])
    half = book.create_sheet("Short")
    half.append(["Rec", "What we will do"])
    half.append([1, "Nobody leads this"])
    book.create_sheet("Empty")
    book.save(path)
    taken = rows_of(office, reference, "plan", path)
    assert [row["action"] for row in taken.tables["actions"]] == [GOOD[1], "Change the page", "Change the letter"]
    assert [row["number"] for row in taken.tables["milestones"]] == [1, 1, 2, 2, 3, 3]
    assert taken.sheets == ("Sheet", "Education", "Health")
    told = "\n".join(taken.left_out)
    assert 'the sheet "Old", which is hidden.' in told
    assert 'the sheet "Notes": none of the headings' in told
    assert 'the sheet "Short". There is no column "Lead agency"' in told
    assert 'row 3 of the sheet "Health": the same action stands on a sheet before it.' in told
    assert "Empty" not in told


def test_what_is_wrong_on_a_second_sheet_is_told_with_its_name(office: Workspace, tmp_path: Path) -> None:
    reference, path = opened_plan(office), workbook(tmp_path / "a.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("Education")
    page.append(HEAD)
    page.append([*GOOD[:6], "31/31/2026", *GOOD[7:]])
    book.save(path)
    with pytest.raises(Refused) as refused:
        rows_of(office, reference, "plan", path)
    assert 'Row 2 of the sheet "Education", Target date: ' in str(refused.value)


def test_hidden_rows_rows_beside_the_table_and_columns_that_nobody_asks_for_are_told(
    office: Workspace, tmp_path: Path
) -> None:
    reference, path = opened_plan(office), workbook(tmp_path / "a.xlsx", GOOD, GOOD, [None] * 9 + ["Total: 2"])
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.row_dimensions[5].hidden = True
    page["K4"] = "a word beside the table"
    book.save(path)
    taken = rows_of(office, reference, "plan", path)
    assert len(taken.tables["actions"]) == 1
    assert taken.left_out == (
        "row 5, which is hidden. To take it in, show it and save the file.",
        "row 6: nothing stands under the headings of the plan.",
        'columns that the plan does not ask for: "Remarks of the office" and column 11, which has no heading.',
    )


WORDS = {
    "kind": {"Joint work": "multi_agency"},
    "strength": {"empty": "weak"},
    "evidence": {"empty": "audit"},
    "due": {"Ongoing": "2027-03-31"},
}
OTHERS: list[list[Any]] = [
    ["Rec", "What we will do", "kind", "Lead agency", "Target date", "change", "evidence"],
    [
        "Recommendation 1: review the protocol",
        "Agree the words",
        "joint  work",
        "Northmoor Police\nNorthmoor Education Service",
        "By 31/12/2026\nBy 31/01/2027",
        "Sooner",
        "",
    ],
    [2, "Hold joint sessions", "At once", "police", "ongoing", "Seen sooner", "Figures"],
]


def test_what_the_office_says_once_of_the_words_of_others_is_read_and_told(office: Workspace, tmp_path: Path) -> None:
    own = office.partnership.model_copy(update={"headings": OWN, "spreadsheet_words": WORDS})
    office = Workspace(office.store, office.folder, own_partnership=own)
    reference, book = opened_plan(office), openpyxl.Workbook()
    for row in OTHERS:
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    taken = rows_of(office, reference, "plan", tmp_path / "a.xlsx")
    [first, second] = taken.tables["actions"]
    assert (first["kind"], first["strength"], first["evidence"]) == ("multi_agency", "weak", "audit")
    assert (first["lead"], first["contributors"], first["due"]) == ("police", ["education"], "2027-01-31")
    assert (first["recommendation"], second["recommendation"]) == ("1", 2)
    assert (second["due"], second["lead"]) == ("2027-03-31", "police")
    assert taken.understood == (
        'Row 2 and Row 3: strength is empty, which the office takes for "weak".',
        'Row 2: evidence is empty, which the office takes for "audit".',
        "Row 2: of 2 days in one cell (due) the last is taken.",
        "Row 2: of the agencies in one cell the first leads; taken as contributing: Northmoor Education Service.",
    )
    carry_out(office, reference, c.Complete("plan", {**PLANNED, **taken.tables}), by="t", now=on(5, 6))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_was_written_out_can_be_taken_in(office: Workspace, plan: str, tmp_path: Path, name: str) -> None:
    sheet = action_sheet(office, action_lines(office, Chosen(), now=on(5, 11)))
    path = tmp_path / name
    drawn = as_csv(sheet).encode() if name == "a.csv" else as_workbook(Report("Actions", "", (sheet,)))
    path.write_bytes(drawn)
    again = opened_plan(office)
    taken = rows_of(office, again, "plan", path)
    carry_out(office, again, c.Complete("plan", {**PLANNED, **taken.tables}), by="t", now=on(5, 6))
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
