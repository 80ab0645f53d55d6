"""Today says that it takes a while where how many cases stand has to be worked out first."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import reviewflow.cli.office.board
from reviewflow.cli import app
from tests.service.conftest import TOY

DAY = ["--now", "2026-05-06"]


def test_it_says_so_until_the_board_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TOY, tmp_path / "definitions")
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(tmp_path / "definitions"))
    opening = ["open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
    for _ in range(2):
        assert CliRunner().invoke(app, opening).exit_code == 0
    assert CliRunner().invoke(app, ["today", *DAY]).stderr == ""
    monkeypatch.setattr(reviewflow.cli.office.board, "MANY", 1)
    said = CliRunner().invoke(app, ["today", *DAY, "--json"])
    assert said.stderr.startswith("How 2 open cases stand is worked out first, which takes a while:")
    assert said.stdout.startswith("{")
    assert CliRunner().invoke(app, ["board", *DAY]).exit_code == 0
    assert CliRunner().invoke(app, ["today", *DAY]).stderr == ""
