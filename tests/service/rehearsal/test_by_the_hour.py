"""What is counted in hours in a rehearsal: from the time of day that was given, at any hour, and told with it."""

from datetime import date, time
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.timetable import timetable
from reviewflow.service.workspace.definition_files import DefinitionFiles
from tests.service.conftest import TOY

DAY = date(2026, 5, 5)
CALL = """
language: 1
process: call
version: 1
title: Ring back
reference: CAL-{year}-{number}
opening: {dates: {heard: When was it heard}, times: heard}
steps:
  ring: {title: Ring back, owner: chair, due: 4 hours after heard, ladder: none}
  write: {title: Write it down, after: ring, owner: chair, due: 1 working day after heard by 12:00, ladder: none}
"""


@pytest.mark.parametrize(("heard", "by"), [("10:00", "by 14:00"), ("18:30", "by 22:30")])
def test_a_case_heard_of_at_any_time_of_day_is_played(tmp_path: Path, heard: str, by: str) -> None:
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "call.yaml").write_text(CALL)
    files = DefinitionFiles(folder)
    plan = Plan(files.definition("call"))
    times = {"heard": time.fromisoformat(heard)}
    wanted = scenario(plan, files.partnership, dates={"heard": DAY}, times=times, today=DAY)
    days = timetable(rehearse(Setting(plan, files.partnership, files.calendars), wanted))
    notes = {row.name: row.note for row in days.rows}
    assert notes["ring"] == by
    assert notes["write"] == ""  # its rule says the time of day already
