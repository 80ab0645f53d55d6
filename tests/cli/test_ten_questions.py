"""The ten questions of a morning, asked in the terminal: one command answers seven, and one each the other three."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.service.board.conftest import DEFINITIONS, NOW, demo_database

__all__ = ["demo_database"]

ANSWERS = {
    ("today",): (
        *("Seven things are late", "Late now (7)", "7 working days", "Agency report and detailed"),
        *("Northmoor Hospitals Trust", "Will each clock be met? (5)", "Unlikely"),
        *("Due today and in the next five working days", "Holds (1)", "Publication waits for a"),
    ),
    ("outbox", "--agency", "police"): ("RR-2026-001",),
    ("actions", "list"): ("No action",),
    ("report",): ("5 cases, 1 of 1 clocks in time, 11 of 14 answers of agencies in time.",),
}


@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_each_is_answered(command: tuple[str, ...], demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{demo_database}")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(DEFINITIONS))
    moment = [] if command[0] == "outbox" else ["--now", NOW.isoformat()]
    said = CliRunner().invoke(app, [*command, *moment], env={"COLUMNS": "120"})
    assert said.exit_code == 0, said.output
    for words in ANSWERS[command]:
        assert words in said.stdout, said.stdout[:3000]
