"""What is told of work that has not begun: no day that has gone by is one to keep free."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY
from tests.shipped import DEFINITIONS


@pytest.mark.parametrize(
    ("logged", "told"), [(4, "By Wed 6 May 2026 the"), (20, "By the first day on which it can be done the")]
)
def test_no_letter_plans_for_a_day_that_has_gone_by(tmp_path: Path, logged: int, told: str) -> None:
    """A death that was logged weeks after it was known: that it is looked at once more was announced for the past."""
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    office, now = Workspace(store, DEFINITIONS), datetime(2026, 5, logged, 10, tzinfo=UTC)
    opening = c.Open({"aware": date(2026, 5, 1)}, ("police",))
    open_case(office, "lac_or_care_leaver_death", opening, by=BY, now=now)
    letters = [notice.text for notice in store.notices() if notice.message == "death_logged"]
    assert letters
    assert all(told in text for text in letters)
    store.close()
