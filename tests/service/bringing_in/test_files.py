"""What is handed in: every mistake at once with its place, and the same case whichever kind of file tells it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.service.bringing_in.blank import blank_workbook
from reviewflow.service.bringing_in.checking import check_files
from reviewflow.service.bringing_in.columns import KINDS
from reviewflow.service.bringing_in.happenings import COMMANDS
from reviewflow.service.bringing_in.shapes import Moment
from reviewflow.service.workspace.workspace import Workspace
from tests.service.bringing_in.running import DAY_9, MONTH_4, RETURNED, action_plan, checked, rapid_review

CSV = {
    "cases.csv": "Our reference,Process,Opened on,Agencies,aware,notified\n"
    "SCR 12/26,rapid_review,2026-05-05,police; hospital_trust; education,2026-05-01,2026-05-05\n",
    "done.csv": "Our reference,Step,Agency or line,Day,Answers\n"
    "SCR 12/26,immediate_safety,,2026-05-06,checked=child; result=safe\n"
    "SCR 12/26,Set up the review,,2026-05-06,"
    '"agencies_right=yes\nsecure_messages=yes\nhuddle_booked_for=2026-05-22"\n'
    f'SCR 12/26,agency_return,Northmoor Police,2026-05-13,"{"; ".join("=".join(pair) for pair in RETURNED.items())}"\n',
    "holds.csv": 'Our reference,What,"Hold, step, date or agency",Agency or line,Day,Until,By which post,Reason\n'
    "SCR 12/26,extend,agency_return,hospital_trust,2026-05-13,2026-05-19,business_manager,"
    "The files are in another archive\n",
}


def changed(number: int, **cells: Any) -> dict[str, Any]:
    """The rapid review with one of its lines changed."""
    told = rapid_review()
    happened = [{**line, **cells} if place == number else line for place, line in enumerate(told["happened"])]
    return {**told, "happened": happened}


def added(line: dict[str, Any]) -> dict[str, Any]:
    told = rapid_review()
    return {**told, "happened": [*told["happened"], line]}


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (changed(0, on="2026-05-19"), "line 13: Tue 19 May 2026 lies ahead; today is Mon 18 May 2026."),
        (changed(2, agency="polcie"), 'line 25: "polcie" is not an agency in partnership.yaml. Did you mean "police"?'),
        (changed(0, answers={"checked": ["everybody"], "result": "safe"}), 'line 13: checked: "everybody" is not'),
        (changed(1, step="set_upp"), 'line 19: "set_upp" is no step of this process. Did you mean "set_up"?'),
        (changed(3, by="the_boss"), 'line 33: By which post: "the_boss" is no post of partnership.yaml.'),
        (changed(3, until="2026-05-10"), "line 33: Sun 10 May 2026 is not later"),
        (
            added({"step": "combined_pack", "on": "2026-05-14"}),
            'line 39: "combined_pack" cannot be completed yet: it waits',
        ),
        (added({"hodl": "x", "on": "2026-05-14"}), 'line 39: "hodl" is not known here. Did you mean "hold"?'),
        ({**rapid_review(), "process": "rapid"}, 'line 2: Process: "rapid" is no process here.'),
        (
            {**rapid_review(), "agencies": ["ofsted"]},
            'line 2: Agencies: "ofsted" is not an agency in partnership.yaml.',
        ),
        ({**rapid_review(), "dates": {"aware": "2026-05-01"}}, 'line 2: The date "notified" is missing'),
        ({**rapid_review(), "opened": "2026-06-01"}, "line 2: Opened on: Mon 1 Jun 2026 lies ahead"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(
    told: dict[str, Any], problem: str, shipped_office: Workspace, tmp_path: Path
) -> None:
    _, problems = checked(shipped_office, tmp_path, DAY_9, told)
    assert problems[0].startswith(f"running.yaml, {problem}"), problems


def test_all_mistakes_are_told_at_once_and_not_what_only_follows_from_them(
    shipped_office: Workspace, tmp_path: Path
) -> None:
    told = rapid_review()
    told["happened"][1]["answers"] = {}
    told["happened"][0]["on"] = "2026-05-33"
    _, problems = checked(shipped_office, tmp_path, DAY_9, told)
    assert [problem.split(":")[0] for problem in problems] == ["running.yaml, line 13", *["running.yaml, line 19"] * 3]


def test_three_csv_files_tell_the_same_as_one_yaml(shipped_office: Workspace, tmp_path: Path) -> None:
    for name, text in CSV.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in reversed(CSV)]
    [by_csv], problems = check_files(shipped_office, paths, Moment("A. Officer", DAY_9))
    [by_yaml], _ = checked(shipped_office, tmp_path, DAY_9, rapid_review())
    assert problems == []
    assert by_csv.context.case == by_yaml.context.case


def filled_in(office: Workspace, folder: Path) -> Path:
    """The action plan in the workbook that was made to be filled in."""
    path = folder / "running.xlsx"
    path.write_bytes(blank_workbook(Plan(office.definition("action_plan")), office.partnership))
    book, told = openpyxl.load_workbook(path), action_plan()
    book["Cases"].append([told["was"], "action_plan", None, "police, education", "2026-05-05"])
    columns = office.definition("action_plan")
    asked = Plan(columns).form("plan")["actions"].columns
    for action in told["happened"][0]["answers"]["actions"]:
        book["plan.actions"].append([told["was"], None, *(action.get(name) for name in asked)])
    for line in told["happened"]:
        plain = {name: answer for name, answer in line["answers"].items() if name != "actions"}
        words = "; ".join(
            f"{name}={','.join(answer) if isinstance(answer, list) else answer}" for name, answer in plain.items()
        )
        book["What has happened"].append([told["was"], line["step"], line.get("line"), line["on"], None, words])
    book.save(path)
    return path


def test_the_blank_filled_in_tells_the_same_as_the_yaml(shipped_office: Workspace, tmp_path: Path) -> None:
    path = filled_in(shipped_office, tmp_path)
    [by_sheet], problems = check_files(shipped_office, [path], Moment("A. Officer", MONTH_4))
    [by_yaml], _ = checked(shipped_office, tmp_path, MONTH_4, action_plan())
    assert problems == []
    assert by_sheet.context.case == by_yaml.context.case


def test_a_mistake_in_a_workbook_is_told_with_its_sheet_and_row(shipped_office: Workspace, tmp_path: Path) -> None:
    path = filled_in(shipped_office, tmp_path)
    book = openpyxl.load_workbook(path)
    book["plan.actions"]["I3"] = "soon"
    book["What has happened"]["B4"] = "do_actoin"
    book["Holds and extensions"].append(["Plan 9", "hold", "x", None, "2026-05-20"])
    book.save(path)
    _, problems = check_files(shipped_office, [path], Moment("A. Officer", MONTH_4))
    assert [problem.partition(": ")[0] for problem in problems[:2]] == [
        'running.xlsx, sheet "Holds and extensions", row 2',
        'running.xlsx, sheet "What has happened", row 4',
    ]
    assert any("actions" in problem and "soon" in problem for problem in problems), problems


def test_every_kind_of_change_that_is_offered_has_its_command() -> None:
    assert COMMANDS.keys() == KINDS.keys()
