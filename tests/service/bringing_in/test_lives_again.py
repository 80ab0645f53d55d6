"""A case that is brought in stands as the same case that was run from its start, but for what people were told."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.london import LONDON
from reviewflow.service.bringing_in.checking import check_files
from reviewflow.service.bringing_in.shapes import Moment
from reviewflow.service.workspace.workspace import Workspace
from tests.service.bringing_in.pasts import LivedCase, but_for_what_was_told, write
from tests.shipped import FILES as SHIPPED

AGENCIES = ("police", "education", "hospital_trust")
OPENED = date(2026, 3, 19)
DAYS = (9, 40, 130)


@pytest.mark.parametrize("process", sorted(SHIPPED.processes()))
def test_it_stands_as_if_it_had_run_here(process: str, shipped_office: Workspace, tmp_path: Path) -> None:
    plan = Plan(SHIPPED.definition(process))
    for seed, days in enumerate(DAYS):
        today = OPENED + timedelta(days=days)
        lived = LivedCase(plan, SHIPPED.calendars, AGENCIES, OPENED, seed)
        from_the_start = lived.until(today)
        file = write(tmp_path / "running.yaml", [lived.as_told(f"{process} {seed}")])
        moment = Moment("tester", datetime.combine(today, time(10), LONDON))
        [ready], problems = check_files(shipped_office, [file], moment)
        assert problems == []
        assert but_for_what_was_told(ready.context.case) == but_for_what_was_told(from_the_start)
