"""The lines of a timetable: what became due before the end, and the days that the process's own calendar leaves out."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.rows import RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable, timetable
from reviewflow.service.workspace.definition_files import DefinitionFiles

SHIPPED = Path(__file__).parents[4] / "definitions"
PROCESS = """\
language: 1
process: rounds
version: 1
title: Rounds
calendar: {calendar}
reference: RO-{{year}}-{{number}}
opening: {{dates: {{received: On which day}}}}
endings:
  gone: {{title: Gone, when: {{ask.came: no}}}}
steps:
  review: {{title: Review, owner: business_manager, due: 1 month after received, repeats: every 1 month until final}}
  ask:
    title: Ask
    owner: business_support
    due: 40 working days after received
    form: {{came: {{type: yes_no, label: Did it come}}}}
  final: {{title: Final outcome, owner: business_manager, due: 3 months after received}}
"""


def previewed(folder: Path, process: str, answers: Mapping[str, str] | None = None) -> Timetable:
    shutil.copytree(SHIPPED, folder / "definitions")
    (folder / "definitions/processes/rounds.yaml").write_text(process, encoding="utf-8")
    files = DefinitionFiles(folder / "definitions")
    plan, opened = Plan(files.definition("rounds")), date(2026, 5, 5)
    wanted = scenario(
        plan, files.partnership, dates={"received": opened}, agencies=(), today=opened, answers=answers or {}
    )
    return timetable(rehearse(Setting(plan, files.partnership, files.calendars), wanted))


def test_no_round_and_no_step_is_shown_that_would_have_come_after_the_end(tmp_path: Path) -> None:
    ended = previewed(tmp_path, PROCESS.format(calendar="england"), {"ask.came": "no"})
    assert ended.ends == "It ends on Wed 1 Jul 2026: Gone."
    assert [(row.name, row.day) for row in ended.rows if row.kind is RowKind.STEP] == [
        ("review", date(2026, 6, 5)),
        ("ask", date(2026, 7, 1)),
    ]
    assert ended.owed_in_vain == ("Final outcome (owed from Tue 5 May 2026 to Wed 1 Jul 2026)",)
    assert ended.not_needed == ()


def test_the_round_that_what_ends_it_left_undone_stands_in_no_timetable(tmp_path: Path) -> None:
    """The third falls with the final outcome, on whose day it would have been due."""
    rows = previewed(tmp_path, PROCESS.format(calendar="england"), {"ask.came": "yes"}).rows
    rounds = [(row.day, row.round) for row in rows if row.name == "review"]
    assert rounds == [(date(2026, 6, 5), 1), (date(2026, 7, 5), 2)]


def test_closed_days_are_those_that_the_process_does_not_count(tmp_path: Path) -> None:
    rows = previewed(tmp_path, PROCESS.format(calendar="scotland"), {"ask.came": "yes"}).rows
    closed = {row.day: row.note for row in rows if row.kind is RowKind.CLOSED}
    assert closed[date(2026, 8, 3)] == "not counted"


WAITING = """\
language: 1
process: rounds
version: 1
title: Waiting
reference: WA-{year}-{number}
opening: {dates: {received: On which day}}
steps:
  write: {title: Write it, owner: business_manager, due: 10 working days after received}
  read: {title: Read it, after: write, owner: business_support, due: 1 week after received}
"""


def test_what_must_come_late_says_what_it_waits_for(tmp_path: Path) -> None:
    """Everybody is on time, and yet the days of the file do not fit: the page says why."""
    (row,) = [row for row in previewed(tmp_path, WAITING).rows if row.name == "read"]
    assert row.note == "done late, on Wed 20 May (6 working days), for it waits for “Write it”"
