"""Cases that were opened by others before both were brought in: each is told which, and they end together."""

from pathlib import Path
from typing import Any

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import CaseStatus
from reviewflow.service.bringing_in.bring_in import bring_in
from reviewflow.service.bringing_in.checking import check_files
from reviewflow.service.commands.carry_out import carry_out, current
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.bringing_in.pasts import write
from tests.service.bringing_in.running import DAY_9
from tests.service.bringing_in.test_beside import moment

PLACEMENT = """
language: 1
process: placement
version: 1
title: A placement
reference: PLC-{year}-{number}
opening: {dates: {placed: When was the child placed?}}
endings: {moved: {title: The child has moved}}
steps:
  visit: {title: Visit, owner: business_manager, due: 1 week after placed, repeats: every 1 week until ended}
  record: {title: Open the record, after: visit, after_round: each, start: {process: record, dates: {seen: visit}}}
  ended: {title: It has ended, owner: business_manager}
"""
RECORD = """
language: 1
process: record
version: 1
title: Record
reference: REC-{year}-{number}
opening: {dates: {seen: When was the child seen?}}
endings:
  over: {title: The placement is over, with_the_end_of: origin}
steps:
  write: {title: Write, owner: business_manager, due: 1 week after seen}
"""


@pytest.fixture
def placing(office: Workspace) -> Workspace:
    for name, text in (("placement", PLACEMENT), ("record", RECORD)):
        (office.folder / "processes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Workspace(office.store, office.folder)


def told(*second: dict[str, str]) -> list[dict[str, Any]]:
    """A placement with three rounds; of the first it is said which case it opened, of the last that it is new."""
    visits = [{"step": "visit", "on": f"2026-05-{day:02d}"} for day in (8, 12, 15)]
    first = {"started": "record", "on": "2026-05-08", "reason": "Record 3"}
    last = {"started": "record", "on": "2026-05-15", "reason": "new"}
    happened = [visits[0], first, visits[1], *second, visits[2], last]
    placement = {"was": "PL 12", "process": "placement", "dates": {"placed": "2026-05-01"}, "happened": happened}
    return [placement, {"was": "Record 3", "process": "record", "dates": {"seen": "2026-05-08"}}]


def test_of_each_round_it_is_said_which_case_it_opened_or_that_there_is_none(
    placing: Workspace, tmp_path: Path
) -> None:
    _, problems = check_files(placing, [write(tmp_path / "running.yaml", told())], moment())
    [problem] = problems
    assert "“Open the record” (record) opens another case for the round of Tue 12 May 2026." in problem
    skipped = {"skip": "record", "on": "2026-05-12", "reason": "it was never written"}
    assert check_files(placing, [write(tmp_path / "running.yaml", told(skipped))], moment())[1] == []


def test_a_case_that_was_brought_in_ends_with_the_one_that_says_that_it_opened_it(
    placing: Workspace, tmp_path: Path
) -> None:
    skipped = {"skip": "record", "on": "2026-05-12", "reason": "it was never written"}
    ready, _ = check_files(placing, [write(tmp_path / "running.yaml", told(skipped))], moment())
    here = {case.past.was: case.reference for case in bring_in(placing, ready, moment())}
    said = [reason.words for reason in why(placing, here["Record 3"], "over", now=DAY_9).reasons]
    assert f"That is {here['PL 12']}, which is not over so." in said
    carry_out(placing, here["PL 12"], c.End("moved", "to an aunt"), by="tester", now=DAY_9)
    assert current(placing, here["Record 3"]).status is CaseStatus.ENDED
