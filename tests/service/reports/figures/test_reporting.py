"""Figures come from the events alone; a second round counts, what was late was late, every drawing says the same."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.figures import drawing
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope, Sheet
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.conftest import office  # noqa: F401 - a fixture


@pytest.fixture
def worked(office: Workspace) -> Workspace:  # noqa: F811 - the fixture
    """Police in time, once sent back and then late; health still owes its return and was chased for it."""
    reference = opened(office)
    done(office, reference, "agency_return/police", at(12))
    done(office, reference, "read/police", at(13), enough="no")
    done(office, reference, "agency_return/police", at(19))
    for day in (12, 14, 15, 18, 20):
        chase_due_items(office, now=at(day, 23))
    return office


def sheet(office: Workspace, name: str, wanted: ReportScope | None = None) -> list[dict[str, object]]:  # noqa: F811
    found = make_report(office, wanted or ReportScope(), now=at(21)).sheets
    [chosen] = [each for each in found if each.name == name]
    return [dict(zip(chosen.columns, row, strict=True)) for row in chosen.rows]


def test_each_round_is_a_fact_of_its_own(worked: Workspace) -> None:
    [case] = facts(worked)
    police = [each for each in case.owed if each.item == "agency_return/police"]
    assert [(each.round, each.due, each.done, each.ended) for each in police] == [
        (1, date(2026, 5, 14), date(2026, 5, 12), Status.DONE),
        (2, date(2026, 5, 15), date(2026, 5, 19), Status.DONE),
    ]


def test_agencies_in_time_late_and_overdue(worked: Workspace) -> None:
    rows = {row["Agency"]: row for row in sheet(worked, "agencies")}
    assert [rows["Police"][name] for name in ("Number", "In time", "Late", "Overdue now", "In time, %")] == [
        2,
        1,
        1,
        0,
        50,
    ]
    health = rows[next(name for name in rows if name != "Police")]
    assert [health[name] for name in ("Number", "In time", "Late", "Overdue now")] == [1, 0, 0, 1]
    assert isinstance(health["Messages of chasing"], int)
    assert health["Messages of chasing"] >= 1


def test_a_limit_that_runs_is_neither_in_time_nor_late(worked: Workspace) -> None:
    [row] = sheet(worked, "limits")
    assert [row[name] for name in ("Authority", "Number", "In time", "Late", "Still owed", "Overdue now")] == [
        "national",
        1,
        0,
        0,
        1,
        0,
    ]


def test_only_what_is_asked_for(worked: Workspace) -> None:
    command = c.Open({"decided": date(2026, 5, 5)}, ("police",))
    open_case(worked, "follow_up", command, by="us", now=at(6))
    assert {row["Case"] for row in sheet(worked, "cases")} == {"TR-2026-001", "FU-2026-001"}
    assert {row["Case"] for row in sheet(worked, "cases", ReportScope(case="FU-2026-001"))} == {"FU-2026-001"}
    assert [row["Agency"] for row in sheet(worked, "agencies", ReportScope(agency="police"))] == ["Police"]
    assert sheet(worked, "cases", ReportScope(until=date(2026, 5, 4))) == []
    with pytest.raises(UserError, match='Did you mean "police"'):
        make_report(worked, ReportScope(agency="polise"), now=at(21))


def test_work_belongs_to_a_period_when_it_was_owed_in_it(worked: Workspace) -> None:
    later = ReportScope(since=date(2026, 5, 13))
    [police] = [row for row in sheet(worked, "agencies", later) if row["Agency"] == "Police"]
    assert police["Number"] == 1, "the round that ended before the period is not its"


def test_every_drawing_says_the_same(worked: Workspace, tmp_path: Path) -> None:
    report = make_report(worked, ReportScope(), now=at(21))
    agencies = next(each for each in report.sheets if each.name == "agencies")
    names = [row[0] for row in agencies.rows]
    read = list(csv.reader(io.StringIO(drawing.as_csv(agencies))))
    assert [row[0] for row in read[1:]] == names
    workbook = openpyxl.load_workbook(io.BytesIO(drawing.as_workbook(report)))
    assert [cell.value for cell in workbook["Agencies"]["A"]][1:] == names
    page = drawing.as_page(report)
    assert all(str(name) in page for name in names)
    assert "http" not in page.replace("http-equiv", ""), "the page needs nothing from anywhere else"
    assert json.loads(json.dumps(drawing.as_data(report), default=str))["sheets"]["agencies"][0]["Agency"] == names[0]
    made = drawing.as_pdf(report)
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made, "a screen reader can follow it"


def test_text_never_becomes_a_formula() -> None:
    trap = Sheet("x", "X", "", ("A",), (("=HYPERLINK(1)",), ("-1+1",), (-1,), (date(2026, 5, 5),)))
    assert drawing.as_csv(trap).splitlines() == ["A", "'=HYPERLINK(1)", "'-1+1", "-1", "2026-05-05"]
    workbook = openpyxl.load_workbook(io.BytesIO(drawing.as_workbook(drawing.Report("t", "", (trap,)))))
    assert [cell.data_type for cell in workbook["X"]["A"]][1:3] == ["s", "s"]


def test_a_character_that_no_workbook_can_hold_does_not_stop_it() -> None:
    sheet = Sheet("x", "X", "", ("A",), (("rung \a twice",), ("\uff1d1+1",)))
    workbook = openpyxl.load_workbook(io.BytesIO(drawing.as_workbook(drawing.Report("t", "", (sheet,)))))
    assert [cell.value for cell in workbook["X"]["A"]][1:] == ["rung \ufffd twice", "'\uff1d1+1"]


def test_nothing_is_no_error(office: Workspace) -> None:  # noqa: F811
    report = make_report(office, ReportScope(), now=at(21))
    assert all(not each.rows for each in report.sheets)
    assert "Nothing to show." in drawing.as_page(report)
    assert drawing.as_pdf(report).startswith(b"%PDF")
