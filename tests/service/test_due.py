"""What a manager is shown as owed: late, coming, without a day, and left open by a case that is over."""

import shutil
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.no_due_date import undated
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened
from tests.service.conftest import TOY

NEVER = "3 working days after read"
WHY = "Due 3 working days after “Read the return” is done, which has not happened yet"


def test_a_limit_that_was_not_met_wants_its_reason_when_the_case_is_over_too(office: Workspace) -> None:
    reference = opened(office)
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning="no")
    chase_due_items(office, now=at(1, month=6))
    done(office, reference, "submit", at(1, month=6))
    assert office.store.cases("open") == []
    [(of, line)] = due_lines(office, now=at(3, month=6), days=7)
    assert (of, line.item, line.days) == (reference, "breach:submission", "reason wanted")
    carry_out(office, reference, c.RecordBreach("submission", "A return came late"), by=BY, now=at(3, month=6))
    assert due_lines(office, now=at(3, month=6), days=7) == []


def test_what_is_owed_without_a_day_is_told_with_why(office: Workspace, tmp_path: Path) -> None:
    """A meeting that does not wait for the readings it counts from, and a submission with no due day."""
    shutil.copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    words = process.read_text().replace("    after: read\n", "").replace("10 working days after notified", NEVER)
    process.write_text(words.replace("    due: on submission\n", ""))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    [found] = undated(changed, now=at(6))
    assert (found.line.item, found.why) == ("meeting", WHY)
    done(changed, reference, "agency_return/police", at(12))
    done(changed, reference, "read/police", at(12))
    assert undated(changed, now=at(12)) == []
    done(changed, reference, "meeting", at(13), held_on="2026-05-13", learning="no")
    [found] = undated(changed, now=at(13))
    assert (found.line.item, found.why) == ("submit", "Its process gives it no day")
