"""A case is destroyed only where its certificate can be written."""

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.cli.console import NotWritable, reserved
from tests.service.conftest import TOY

FULL = Path("/dev/full")


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


def test_the_certificate_is_written(over: str, tmp_path: Path) -> None:
    assert destroy(over, tmp_path / "c.md") == 0
    assert (tmp_path / "c.md").read_text().startswith("# Certificate of destruction: TR-2026-001\n")


def test_no_file_is_left_where_nothing_was_destroyed(over: str, tmp_path: Path) -> None:
    assert "is kept until" in str(destroy(over, tmp_path / "c.md", now="2026-05-07"))
    assert not (tmp_path / "c.md").exists()


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
def test_a_full_disk_is_found_out_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda _, *__, **___: os.fdopen(os.open(FULL, os.O_WRONLY), "w"))
    with pytest.raises(NotWritable, match="No space left on device"), reserved(tmp_path / "c.md", "Nothing happened."):
        pytest.fail("it went on")
