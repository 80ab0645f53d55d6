"""Sheets of what did not go as planned, and of actions, from the events alone."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, office, on, opened_plan, plan  # noqa: F401 - fixtures
from tests.service.reports.registers.test_publications import review  # noqa: F401 - a fixture


def rows(office: Workspace, name: str, **wanted: object) -> list[dict[str, object]]:  # noqa: F811
    found = make_report(office, ReportScope(**wanted), now=on(7, 1)).sheets  # type: ignore[arg-type]
    [sheet] = [each for each in found if each.name == name]
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


def test_actions_by_who_leads_them(office: Workspace, plan: str) -> None:  # noqa: F811
    done(
        *(office, plan, "do_action/1", on(6, 1)),
        done_on_day="2026-06-01",
        result="as_agreed",
        evidence="audit",
        paper="SharePoint 14",
    )
    extension = c.Extend("do_action/2", date(2026, 6, 20), "review_group_chair", "holidays")
    carry_out(office, plan, extension, by="t", now=on(6, 2))
    [education, police] = rows(office, "actions")
    assert [education[name] for name in ("Lead", "Number", "Overdue", "Red", "Extended")] == [
        *("Northmoor Education Service", 1, 1, 1, 1),
    ]
    assert [police[name] for name in ("Done", "Red", "Days to verification, median")] == [1, 0, 30]
    [granted] = rows(office, "extensions", agency="education")
    assert [granted[name] for name in ("Case", "Was due", "Now due", "Working days", "Granted by")] == [
        *(plan, date(2026, 6, 10), date(2026, 6, 20), 7, "Chair of the practice review group"),
    ]
    assert rows(office, "extensions", agency="police") == []


def test_holds_and_dates_that_moved(office: Workspace, review: str) -> None:  # noqa: F811
    carry_out(office, review, c.Hold("publication", "a trial is listed"), by="t", now=on(6, 1))
    carry_out(office, review, c.SetDate("publication", date(2026, 7, 20), "a verdict"), by="t", now=on(6, 2))
    [held] = rows(office, "holds")
    assert [held[name] for name in ("Since", "Until", "Days")] == [date(2026, 6, 1), None, 30]
    carry_out(office, review, c.Release("publication", "the trial is over"), by="t", now=on(6, 11))
    assert [row["Days"] for row in rows(office, "holds")] == [10]
    assert [(row["Date"], row["Days"]) for row in rows(office, "dates", since=date(2026, 6, 1))] == [
        ("Publication", 14)
    ]
