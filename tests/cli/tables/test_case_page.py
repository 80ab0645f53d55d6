"""A case in the terminal: a long one on one page, and all of it where that is asked for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app

SHIPPED = Path(__file__).parents[3] / "definitions"
Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """A rapid review, its first step late, as the terminal shows it."""
    known = {
        "REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/cases.db",
        "REVIEWFLOW_DEFINITIONS": str(SHIPPED),
        "REVIEWFLOW_DOCUMENTS": str(tmp_path / "papers"),
        "REVIEWFLOW_BOARD": str(tmp_path / "board"),
    }

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words], env=known)
        assert result.exit_code == 0, result.output
        return result.output

    dates = ("--date", "aware=2026-05-01", "--date", "notified=2026-05-05")
    run("open", "rapid_review", *dates, "--agency", "police", "--now", "2026-05-05")
    return lambda *words: " ".join(run("show", "RR-2026-001", *words, "--now", "2026-05-07").split())


def test_a_long_case_shows_what_is_owed_and_planned_and_counts_the_rest(show: Show) -> None:
    page = show()
    assert "Set up the review" in page
    assert "3 owners Tue 26 May 2026 Not yet" in page
    assert "Ask each agency for its" not in page
    assert "Not needed:" not in page
    assert re.search(r"Left out: \d+ settled(, | and )\d+ to come without a day", page)
    assert "Every step: reviewflow show RR-2026-001 --all" in page


def test_all_of_it_shows_every_step(show: Show) -> None:
    page = show("--all")
    assert "Ask each agency for its" in page
    assert "Left out" not in page
    assert len(page) > 2 * len(show())
