"""A day that something moved is explained by what moved it, not by the rule that it no longer follows."""

import shutil
from datetime import date
from pathlib import Path

from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind, case_dates, rows
from reviewflow.service.workspace.definition_files import DefinitionFiles

SHIPPED = Path(__file__).parents[3] / "definitions"
PROCESS = """\
language: 1
process: moving
version: 1
title: Moving
reference: MO-{year}-{number}
opening: {dates: {received: On which day}}
dates:
  meeting: {title: The meeting, planned: 30 working days after received}
  answer: {title: The answer, planned: 40 working days after received}
holds:
  trial: {title: A trial is listed, stops: write, review: 10 working days}
stands_still:
  fee: {title: The fee has not been paid, clocks: reply, from: ask_fee, until: pay_fee}
steps:
  ask_fee: {title: Ask for the fee, owner: chair, due: 2 working days after received}
  pay_fee: {title: Receive the fee, after: ask_fee, owner: chair, due: 5 working days after received}
  reply: {title: Reply, owner: chair, due: 20 working days after received}
  plan:
    title: Agree the day
    owner: chair
    due: 3 working days after received
    form:
      meets_on: {type: date, label: When do they meet, sets: meeting}
      trial: {type: yes_no, label: Is there a trial}
    places: {trial: {when: {trial: yes}}}
  fix: {title: Fix the answer, after: plan, set: {answer: 12 working days after plan}}
  write: {title: Write, after: plan, owner: chair, due: 10 working days after received}
  read:
    title: Read
    after: write
    owner: chair
    due: 1 working day after write
    form: {enough: {type: yes_no, label: Is it enough}}
    reopens: {write: {when: {enough: no}, due: 2 working days after read}}
"""


def played_rows(folder: Path) -> list[Row]:
    definitions = Path(shutil.copytree(SHIPPED, folder / "definitions"))
    process = PROCESS.replace("owner: chair", "owner: business_manager")
    (definitions / "processes/moving.yaml").write_text(process, encoding="utf-8")
    files, opened = DefinitionFiles(definitions), date(2026, 6, 1)
    plan = Plan(files.definition("moving"))
    answers = {"plan.trial": "yes", "read.enough": "no", "plan.meets_on": "2026-07-01"}
    wanted = scenario(plan, files.partnership, dates={"received": opened}, today=opened, answers=answers)
    played = rehearse(Setting(plan, files.partnership, files.calendars), wanted)
    return [*rows(played), *case_dates(played)]


def test_each_day_that_moved_says_what_moved_it(tmp_path: Path) -> None:
    told = {(row.name, row.round): (row.rule, row.note) for row in played_rows(tmp_path)}
    assert told["meeting", 1] == (
        "as answered in “Agree the day”",
        "set by “Agree the day”; it was planned for Mon 13 Jul 2026",
    )
    assert told["answer", 1] == (
        "12 working days after “Agree the day” is done",
        "set by “Fix the answer”; it was planned for Mon 27 Jul 2026",
    )
    assert told["write", 1][1].startswith("moved from Mon 15 Jun 2026, because it was held: A trial is listed")
    assert told["write", 2][0] == "2 working days after “Read” is done"
    assert told["write", 2][1].startswith("sent back by “Read”")
    assert told["reply", 1][1] == "moved from Mon 29 Jun 2026, because its clock stood still: The fee has not been paid"
    assert told["ask_fee", 1] == ("2 working days after received", ""), "what nothing moved is told by its rule alone"


def test_a_day_that_did_not_move_has_no_note_of_it(tmp_path: Path) -> None:
    steps = [row for row in played_rows(tmp_path) if row.kind is RowKind.STEP and row.name in {"ask_fee", "pay_fee"}]
    assert [row.note for row in steps] == ["", ""]
