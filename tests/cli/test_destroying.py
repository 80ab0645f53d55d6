"""A case is destroyed only where its certificate can be written."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.service.conftest import TOY


@pytest.fixture
def over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose day to be destroyed is past."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/r.db")
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(TOY, tmp_path / "toy")
    review = folder / "processes" / "review.yaml"
    review.write_text(f"{review.read_text()}\nretention: {{class: a review, keep: 1 year}}\n")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(folder))
    opening = ["--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
    assert run("open", "review", *opening) == 0
    assert run("withdraw", "TR-2026-001", "--reason", "opened twice", "--now", "2026-05-06") == 0
    return "TR-2026-001"


def run(*words: str) -> object:
    done = CliRunner().invoke(app, list(words))
    return done.exception if done.exception and not isinstance(done.exception, SystemExit) else done.exit_code


def destroy(case: str, output: Path, now: str = "2028-05-05") -> object:
    return run("retention", "destroy", case, "--reason", "the schedule", "--by", "A", "-o", str(output), "--now", now)


@pytest.mark.parametrize("place", ["nowhere/c.md", "r.db/c.md", "."])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_destroyed(
    over: str, tmp_path: Path, place: str
) -> None:
    refused = destroy(over, tmp_path / place)
    assert "Nothing was destroyed." in str(refused)
    assert run("show", over) == 0
