"""What is opened or changed from Prefect's forms stands on the board's pages at once, as an answer does."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.service.board.pages.writing import write_board
from reviewflow.service.workspace.workspace import open_workspace
from tasks.forms.changing import change_case
from tasks.forms.opening import open_it

TOY = Path(__file__).parent.parent / "toy"
NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
OPENING = {"day_notified": "2026-05-05", "agencies": ["Police"], "answered_by": "Manager"}
SKIPPED = {
    "change": "Go on without: Agency return · Police",
    "reason": "It has nothing to say",
    "answered_by": "Manager",
}


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, with the board of an office that has one case."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/reviewflow.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(TOY))
    monkeypatch.delenv("REVIEWFLOW_BOARD", raising=False)
    monkeypatch.setattr("tasks.forms.opening.this_moment", lambda: NOW)
    folder = tmp_path / "board"
    assert open_it.fn("review", OPENING, "first").message == "TR-2026-001"
    with open_workspace(os.environ) as office:
        write_board(office, folder, {}, now=NOW)
    return folder


def test_a_case_that_is_opened_from_a_form_has_its_page_at_once(board: Path) -> None:
    assert open_it.fn("review", OPENING, "second").message == "TR-2026-002"
    assert "TR-2026-002" in (board / "case" / "TR-2026-002.html").read_text()
    assert "TR-2026-002" in (board / "cases.html").read_text()


def test_a_change_shows_at_once_however_the_case_was_named(board: Path) -> None:
    page = board / "case" / "TR-2026-001.html"
    before = page.read_text()
    done = change_case.fn("tr-2026-001", SKIPPED, "change", NOW)
    assert (done.name, done.message) == ("Done", "TR-2026-001 was changed; what and why stands in its history.")
    assert page.read_text() != before
    assert {path.name for path in page.parent.iterdir()} == {"TR-2026-001.html"}


def test_what_is_refused_writes_nothing(board: Path) -> None:
    page = board / "case" / "TR-2026-001.html"
    before = page.stat().st_mtime_ns
    assert change_case.fn("TR-2026-001", {**SKIPPED, "reason": ""}, "change", NOW).name == "Refused"
    assert page.stat().st_mtime_ns == before
