"""A board of very many cases is found through: long lists are folded, and nothing falls away unsaid."""

import re
from dataclasses import replace

from reviewflow.service.board.pages.rendering import FEW, MOST, as_html
from reviewflow.service.board.today import today
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW


def section(page: str, name: str) -> tuple[str, str]:
    """What of this list is seen, and what is folded."""
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    assert found
    seen, _, folded = found[0].partition("<details")
    return seen, folded


def test_of_many_holds_the_first_are_seen_and_the_others_folded_or_counted(demo_office: Workspace) -> None:
    page = today(demo_office, now=NOW)
    [hold] = page.holds
    many = replace(page, holds=(hold,) * (MOST + 5))
    seen, folded = section(as_html(many), "holds")
    assert seen.count("<li>") == FEW
    assert folded.count("<li>") == MOST - FEW
    assert f"<summary>{MOST - FEW} more</summary>" in folded
    assert "5 more: see" in folded


def test_a_day_on_which_very_much_is_due_leaves_the_next_in_sight(demo_office: Workspace) -> None:
    page = today(demo_office, now=NOW)
    day = next(owed for owed in page.days if owed.rows)
    rows = tuple(replace(day.rows[0], reference=f"RR-2026-{number:03d}") for number in range(50))
    seen, folded = section(as_html(replace(page, days=(replace(day, rows=rows),))), "due")
    assert (seen.count("RR-2026-0"), folded.count("RR-2026-0")) == (2 * FEW, 2 * (50 - FEW))
    assert f"{50 - FEW} more" in folded
