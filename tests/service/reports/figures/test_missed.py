"""Every missed limit stands in the report with the reason that was recorded, national or local."""

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.records.disposal import destroy
from reviewflow.service.reports.figures.drawing import as_workbook
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope, Sheet
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.conftest import TOY

PROMISES = """
language: 1
process: promises
version: 1
title: Promises
reference: PRO-{year}-{number}
retention: {keep: 1 year}
opening: {dates: {notified: When it was notified}}
endings: {left: {title: It was left}}
holds: {court: {title: Waits for a court, stops: answer, review: 30 days, send: reminder, to: chair}}
limits:
  asked: {title: What is asked, due: 5 working days after notified, met_by: answer, reason: asked}
  unasked: {title: What is not asked, due: 6 working days after notified, met_by: answer}
  kept: {title: What was kept, due: 20 working days after notified, met_by: answer}
steps: {answer: {title: Answer, owner: chair}}
"""


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    definitions = Path(shutil.copytree(TOY, tmp_path / "definitions"))
    (definitions / "processes" / "promises.yaml").write_text(PROMISES)
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, definitions, papers=tmp_path / "papers")
    store.close()


def missed(office: Workspace, day: int, month: int = 5) -> Sheet:
    sheets = make_report(office, ReportScope(), now=at(day, month=month)).sheets
    return next(sheet for sheet in sheets if sheet.name == "missed")


def rows(sheet: Sheet, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[sheet.columns.index(column)] for column in columns) for row in sheet.rows]


def promises(office: Workspace) -> str:
    return open_case(office, "promises", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5)).case.reference


def test_the_reason_stands_beside_each_limit_that_was_missed(office: Workspace) -> None:
    reference = promises(office)
    carry_out(office, reference, c.RecordBreach("unasked", "The chair was away."), by=BY, now=at(20))
    done(office, reference, "answer", at(20))
    sheet = missed(office, 21)
    assert rows(sheet, "Time limit", "Was due", "Done", "How it ended", "Days late", "Reason") == [
        ("What is asked", date(2026, 5, 12), date(2026, 5, 20), "late", 6, "asked, and not recorded yet"),
        ("What is not asked", date(2026, 5, 13), date(2026, 5, 20), "late", 5, "The chair was away."),
    ]
    carry_out(office, reference, c.RecordBreach("asked", "=HYPERLINK(1)"), by=BY, now=at(21))
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(make_report(office, ReportScope(), now=at(21)))))
    assert [cell.value for cell in book["Missed time limits"]["K"]][1:] == ["'=HYPERLINK(1)", "The chair was away."]


def test_what_is_overdue_and_what_fell_with_its_case_is_told_so(office: Workspace) -> None:
    ended = promises(office)
    carry_out(office, ended, c.End("left", "nobody wanted it"), by=BY, now=at(13))
    national = opened(office)
    sheet = missed(office, 29)
    assert rows(sheet, "Case", "Time limit", "Authority", "Done", "How it ended", "Reason") == [
        (ended, "What is asked", "local", None, "the case ended", "asked, and not recorded yet"),
        (national, "Rapid review", "national", None, "overdue", "asked, and not recorded yet"),
    ]


def test_a_destroyed_case_keeps_no_words(office: Workspace) -> None:
    reference = promises(office)
    done(office, reference, "answer", at(20))
    carry_out(office, reference, c.RecordBreach("asked", "The chair was away."), by=BY, now=at(20))
    destroy(office, reference, "the schedule", by=BY, now=at(21).replace(year=2028))
    assert "The chair was away" not in office.store.destroyed()[0].certificate
    assert rows(missed(office, 21), "Time limit", "How it ended", "Reason") == [
        ("What is asked", "late", ""),
        ("What is not asked", "late", ""),
    ]


def test_what_was_late_while_something_was_held_says_so(office: Workspace) -> None:
    reference = promises(office)
    carry_out(office, reference, c.Hold("court", "the court sits"), by=BY, now=at(6))
    assert rows(missed(office, 14), "Time limit", "On hold meanwhile") == [
        ("What is asked", "Waits for a court, from Wed 6 May 2026 and still"),
        ("What is not asked", "Waits for a court, from Wed 6 May 2026 and still"),
    ]
    carry_out(office, reference, c.Release("court", "the court has risen"), by=BY, now=at(14))
    done(office, reference, "answer", at(20))
    carry_out(office, promises(office), c.End("left", "nobody wanted it"), by=BY, now=at(14))
    assert rows(missed(office, 21), "Case", "Time limit", "On hold meanwhile") == [
        (reference, "What is asked", "Waits for a court, from Wed 6 May 2026 to Thu 14 May 2026"),
        (reference, "What is not asked", "Waits for a court, from Wed 6 May 2026 to Thu 14 May 2026"),
        ("PRO-2026-002", "What is asked", ""),
        ("PRO-2026-002", "What is not asked", ""),
    ]
