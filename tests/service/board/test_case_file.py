"""What comes next in a case: one list by day, in which a planned day that has passed says so."""

from datetime import timedelta
from itertools import pairwise

from reviewflow.case.rules.standing import Standing
from reviewflow.service.board.case_file import case_file
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW


def test_what_comes_next_stands_by_day_whether_it_is_owed_or_planned(demo_office: Workspace) -> None:
    files = [case_file(demo_office, row, now=NOW) for row in demo_office.store.cases("open")]
    assert any(coming.is_owed for file in files for coming in file.coming)
    assert any(not coming.is_owed for file in files for coming in file.coming)
    for file in files:
        assert all(before.day <= after.day for before, after in pairwise(file.coming))


def test_what_is_owed_and_far_away_comes_next_too_and_once(demo_office: Workspace) -> None:
    """The board of the morning looks five working days ahead; a case's own page shows all that somebody owes."""
    for row in demo_office.store.cases("open"):
        file = case_file(demo_office, row, now=NOW)
        owed = {
            (line.due, line.title.removesuffix(f" · {line.owner}"), line.owner)
            for line in file.page.steps
            if line.standing in {Standing.OPEN, Standing.DUE_SOON} and line.due and not line.automatic
        }
        shown = [(coming.day, coming.what, coming.who) for coming in file.coming if coming.is_owed]
        for due, what, who in owed:
            assert any((day, title) == (due, what) and who in names for day, title, names in shown)
        assert len(shown) == len({*shown})


def test_a_planned_day_that_has_passed_says_so(demo_office: Workspace) -> None:
    later = NOW + timedelta(days=14)
    files = [case_file(demo_office, row, now=later) for row in demo_office.store.cases("open")]
    planned = [coming for file in files for coming in file.coming if not coming.is_owed]
    assert {coming.words == "planned" for coming in planned} == {True, False}
    for coming in planned:
        assert (coming.words == "planned") == (coming.day >= later.date())
        assert coming.words == "planned" or (coming.words.startswith("was planned for ") and "ago)" in coming.words)
