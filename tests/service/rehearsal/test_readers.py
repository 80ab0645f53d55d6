"""What each reader of every shipped process gets, when all is on time and when one is late.

Rewrite with: pytest tests/service/rehearsal --update-golden
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from reviewflow.service.rehearsal.readers import Summary, as_text, summary
from tests.service.rehearsal.timetables.test_timetable import OPENED, SHIPPED, played

GOLDEN = Path(__file__).parent / "readers"
PROCESSES = sorted(SHIPPED.processes())
MONTHS, BUSY = 12, 26
"""Weeks from which on a review takes months; weeks in which its work is done, before the waits of months."""
AT_ONCE = "risk_raised"
"""That a child may be at risk is told whatever else has been."""


def busiest(got: Summary) -> tuple[int, str]:
    """Who gets most letters in the weeks in which the work is done, and how many; of a child at risk each one hears."""
    until = got.begins + timedelta(weeks=BUSY)
    usual = {each.title: {day for day, message, _ in each.messages if message != AT_ONCE} for each in got.on_time}
    return max((sum(day <= until for day in days), title) for title, days in usual.items())


@pytest.mark.slow
@pytest.mark.parametrize("process", PROCESSES)
def test_readers(process: str, *, update_golden: bool) -> None:
    """Nobody on time gets more than one letter a week on average, in a review that takes months."""
    got = summary(played(process, OPENED["easter"]))
    golden, page = GOLDEN / f"{process}.txt", as_text(got)
    if update_golden:
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")
    if got.weeks >= MONTHS:
        assert busiest(got)[0] <= min(got.weeks, BUSY)


def test_no_page_is_left_behind() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(PROCESSES)


def test_chase_shows_it(reviewflow: Callable[..., tuple[int, str, str]]) -> None:
    """For a person and for a program; no database is there."""
    status, said, _ = reviewflow("chase", "--summary", "referral", "--now", "2026-05-05")
    assert (status, said.splitlines()[0]) == (0, "Messages of: Referral for a case review")
    assert "LATE AND SILENT: Chair of the practice review group." in said
    status, said, _ = reviewflow("chase", "--summary", "referral", "--now", "2026-05-05", "--json")
    first = json.loads(said)["on_time"][0]
    assert (status, first["letters"] <= len(first["messages"])) == (0, True)
