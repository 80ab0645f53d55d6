"""What was reached of targets over many cases: who counts, in which period, and what is said where few or none do."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.records.disposal import destroy
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

PROCESS = """
language: 1
process: request
version: 1
title: Request
reference: REQ-{year}-{number}
retention: {keep: 1 year}
opening:
  dates: {received: When it came}
limits:
  twenty_days: {title: Answer it, due: 20 working days after received, met_by: answer}
endings:
  refused: {title: Refused}
steps:
  acknowledge: {title: Say that it came, owner: chair, due: 2 working days after received}
  answer: {title: Answer, owner: chair, due: 20 working days after received}
"""
TARGETS = """
targets:
  answered: {title: Answered in time, share: 80%, limit: twenty_days}
  told_soon: {title: Said soon, share: 50%, every: quarter, due: 2 working days after received, met_by: acknowledge}
"""
WORDS = ("Cases opened", "Reached, %", "Counted", "In time", "Fell short", "Still running", "How it stands")
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    definitions = Path(shutil.copytree(TOY, tmp_path / "definitions"))
    (definitions / "processes" / "request.yaml").write_text(PROCESS + TARGETS)
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, definitions, papers=tmp_path / "papers")
    store.close()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def request(office: Workspace, received: date, **after: int) -> str:
    """A request, with the steps that were done so many days after it came."""
    opening = c.Open({"received": received}, ())
    reference = open_case(office, "request", opening, by="t", now=noon(received)).case.reference
    for step, days in after.items():
        carry_out(office, reference, c.Complete(step, {}), by="t", now=noon(received + timedelta(days=days)))
    return reference


def rows(office: Workspace, title: str, scope: ReportScope | None = None) -> list[tuple[object, ...]]:
    [sheet] = [each for each in make_report(office, scope or ReportScope(), now=NOW).sheets if each.name == "targets"]
    named = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    return [tuple(row[word] for word in WORDS) for row in named if row["Target"] == title]


def test_no_case_at_all_is_said_so(office: Workspace) -> None:
    assert rows(office, "Answered in time") == [
        ("Apr 2026 to Mar 2027", None, 0, 0, 0, 0, "no case to count"),
    ]
    assert [row[0] for row in rows(office, "Said soon")] == ["Jul 2026 to Sep 2026"]


def test_too_few_are_not_called_a_share(office: Workspace) -> None:
    request(office, date(2026, 4, 7), answer=10)
    request(office, date(2026, 6, 24))
    assert rows(office, "Answered in time") == [
        ("Apr 2026 to Mar 2027", 100, 1, 1, 0, 1, "too few to say (fewer than 5)"),
    ]


def test_nothing_that_is_due_yet_is_not_called_reached(office: Workspace) -> None:
    request(office, date(2026, 6, 24))
    assert rows(office, "Answered in time") == [("Apr 2026 to Mar 2027", None, 0, 0, 0, 1, "none is due yet")]


def test_open_and_closed_cases_count_by_the_year_in_which_they_were_opened(office: Workspace) -> None:
    for _ in range(4):
        request(office, date(2026, 3, 9), acknowledge=1, answer=10)
    late = request(office, date(2026, 3, 10), answer=60)
    [past, this] = rows(office, "Answered in time")
    assert past == ("Apr 2025 to Mar 2026", 80, 5, 4, 1, 0, "reached")
    assert this[-1] == "no case to count"
    still_owed = request(office, date(2026, 3, 11))
    [past, _] = rows(office, "Answered in time")
    assert past == ("Apr 2025 to Mar 2026", 66, 6, 4, 2, 0, "not reached"), "what is late falls short while it is owed"
    report = make_report(office, ReportScope(), now=NOW)
    [sheet] = [each for each in report.sheets if each.name == "targets"]
    assert sheet.rows[0][-1] == f"{late} and {still_owed}"


def test_what_ended_before_its_day_is_not_counted_and_what_ended_after_it_fell_short(office: Workspace) -> None:
    for days in (5, 40):
        reference = request(office, date(2026, 4, 7))
        command = c.End("refused", "no right to it")
        carry_out(office, reference, command, by="t", now=noon(date(2026, 4, 7) + timedelta(days=days)))
    [this] = rows(office, "Answered in time")
    assert this[2:6] == (1, 0, 1, 0)
    figures = {sheet.name: sheet for sheet in make_report(office, ReportScope(), now=NOW).sheets}
    [limit] = [dict(zip(figures["limits"].columns, row, strict=True)) for row in figures["limits"].rows]
    assert [limit[name] for name in ("Number", "In time", "Late", "Still owed", "Overdue now")] == [1, 0, 1, 0, 0]
    overdue = figures["cases"].columns.index("Overdue now")
    assert [row[overdue] for row in figures["cases"].rows] == [0, 0], "nobody owes anything in a case that ended"
    [spring, _] = rows(office, "Said soon")
    assert spring[2:6] == (2, 0, 2, 0), "both were over after the two days, without it"


def test_a_day_that_no_limit_says_is_counted_by_the_quarter(office: Workspace) -> None:
    request(office, date(2026, 4, 7), acknowledge=1)
    request(office, date(2026, 4, 8), acknowledge=7)
    [spring, summer] = rows(office, "Said soon")
    assert spring == ("Apr 2026 to Jun 2026", 50, 2, 1, 1, 0, "reached")
    assert summer[0] == "Jul 2026 to Sep 2026"
    part = rows(office, "Said soon", ReportScope(since=date(2026, 4, 8), until=date(2026, 4, 30)))
    assert part == [("8 Apr 2026 to 30 Apr 2026", 0, 1, 0, 1, 0, "too few to say (fewer than 2)")]


def test_a_case_that_was_destroyed_still_counts(office: Workspace) -> None:
    request(office, date(2024, 4, 9), acknowledge=1, answer=1)
    before = [rows(office, title)[0] for title in ("Answered in time", "Said soon")]
    destroy(office, "REQ-2024-001", reason="the schedule", by="Records officer", now=NOW)
    assert [rows(office, title)[0] for title in ("Answered in time", "Said soon")] == before


def test_of_one_case_or_agency_no_target_is_told(office: Workspace) -> None:
    reference = request(office, date(2026, 6, 1))
    for scope in (ReportScope(case=reference), ReportScope(agency="police")):
        assert [sheet for sheet in make_report(office, scope, now=NOW).sheets if sheet.name == "targets"] == []


def test_a_target_pins_no_case(office: Workspace) -> None:
    pinned = office.definition("request")
    (office.folder / "processes" / "request.yaml").write_text(PROCESS)
    bare = Workspace(office.store, office.folder).definition("request")
    assert (pinned.hash, "targets" in pinned.body) == (bare.hash, False)
