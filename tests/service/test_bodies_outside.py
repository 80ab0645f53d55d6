"""A body outside that may give more time is called by its title: in reports, registers and what is brought in."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.plan.plan import Plan
from reviewflow.service.bringing_in.blank import blank_workbook
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.bringing_in.running import MONTH_4, action_plan, checked
from tests.service.plans import SHIPPED, on, opened_plan, plan  # noqa: F401 - a fixture
from tests.service.reports.figures.test_movements import rows
from tests.service.reports.registers.test_actions import lines

OUTSIDE = "outside: {home_office: The Home Office}\nextensions: {by: [home_office, review_group_chair]}\n"


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An office in whose action plans the Home Office may give more time."""
    shutil.copytree(SHIPPED, tmp_path / "definitions")
    place = tmp_path / "definitions" / "processes" / "action_plan.yaml"
    place.write_text(place.read_text("utf-8").replace("\nsteps:\n", f"\n{OUTSIDE}steps:\n", 1), encoding="utf-8")
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, tmp_path / "definitions")
    store.close()


def test_reports_and_registers_call_it_by_its_title(office: Workspace, plan: str) -> None:  # noqa: F811
    granted = c.Extend("do_action/1", date(2026, 10, 1), "home_office", "their letter")
    carry_out(office, plan, granted, by="tester", now=on(5, 20))
    [row] = rows(office, "extensions")
    assert row["Granted by"] == "The Home Office"
    assert lines(office, 5, 21)[0].extended_by == "The Home Office, to Thu 1 Oct 2026: their letter"


def extended(by: str) -> dict[str, object]:
    told = action_plan()
    more = {"extend": "do_action", "line": "3", "on": "2026-06-30", "until": "2026-09-30", "by": by, "reason": "Theirs"}
    return {**told, "happened": [*told["happened"], more]}


@pytest.mark.parametrize("by", ["home_office", "The Home Office"])
def test_what_it_granted_is_brought_in_by_its_name_or_title(office: Workspace, tmp_path: Path, by: str) -> None:
    [brought], problems = checked(office, tmp_path, MONTH_4, extended(by))
    assert problems == []
    assert brought.context.case.items["do_action/3"].due == date(2026, 9, 30)


def test_only_more_time_is_its_to_give_and_a_slip_is_told_who_may(office: Workspace, tmp_path: Path) -> None:
    _, [misspelt] = checked(office, tmp_path, MONTH_4, extended("Home Offices"))
    assert '"Home Offices" is no post of partnership.yaml' in misspelt
    assert misspelt.endswith("Bodies outside: panel and home_office.")
    told = action_plan()
    held = {"hold": "publication", "on": "2026-06-30", "by": "home_office", "reason": "Theirs"}
    _, [refused] = checked(office, tmp_path, MONTH_4, {**told, "happened": [*told["happened"], held]})
    assert '"home_office" is no post of partnership.yaml' in refused


def test_the_workbook_to_fill_in_names_it(office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_workbook(Plan(office.definition("action_plan")), office.partnership))
    said = [tuple(filter(None, row)) for sheet in openpyxl.load_workbook(path) for row in sheet.values]
    words = "The Home Office. It may give more time: name it under “By which post”."
    assert ("Body outside", "home_office", words) in said
