"""The ten questions of a morning, asked of the pages in Prefect: each is answered where its name promises."""

from pathlib import Path

import pytest

from reviewflow.service.board_markdown.page import BoardPage
from reviewflow.service.board_markdown.pages import health_alone, pages_of_cases
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW

ANSWERS = {
    "what is late": ("today", "Late now", "Agency report and detailed chronology"),
    "by how much": ("today", "Late now", "7 working days overdue"),
    "who holds it": ("today", "Late now", "Northmoor Hospitals Trust"),
    "what falls due this week": ("today", "Due today, Fri 27 Nov 2026", "Hold the progress meeting"),
    "will each clock be met": ("today", "Clocks", "unlikely"),
    "what is on hold": ("today", "Held", "Publication waits for a court"),
    "what must I do today": ("today", "", "Seven things are late."),
    "what was sent to the police": ("agencies", "Sent to Northmoor Police", "Nov 2026"),
    "how do the action plans stand": ("actions", "Plans", "There is no plan yet."),
    "how many cases this year, how timely": ("year", "Figures", "Cases opened | **5**"),
}
"""The page, the heading on it ('' for its own) and what stands there."""


@pytest.fixture(scope="module")
def pages(demo_office: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BoardPage]:
    place: Path = tmp_path_factory.mktemp("ten") / "seen.json"
    return {
        page.key: page
        for page in (*pages_of_cases(demo_office, place, now=NOW), *health_alone(demo_office, {}, now=NOW))
    }


@pytest.mark.parametrize("question", ANSWERS)
def test_each_is_answered_where_one_looks_first(pages: dict[str, BoardPage], question: str) -> None:
    key, heading, words = ANSWERS[question]
    lines = pages[key].text.splitlines()
    found = next((place for place, line in enumerate(lines) if heading and line.lstrip("# ").startswith(heading)), 0)
    section = "\n".join(lines[found:]).partition("\n### ")[0] if heading else lines[0]
    assert not heading or found, f"no heading “{heading}” among {[line for line in lines if line.startswith('#')]}"
    assert words.lower() in section.lower(), section[:2000]
