"""Where the folders of tests are made."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import memory
from tests.memory import has_room, temporary_in


@pytest.fixture
def nobody_has_said_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)


def asked_of_a_program() -> str:
    command = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.usefixtures("nobody_has_said_where")
def test_what_is_made_for_a_while_is_made_there_by_programs_too(tmp_path: Path) -> None:
    before = tempfile.gettempdir()
    undo = temporary_in(tmp_path)
    assert (tempfile.gettempdir(), asked_of_a_program()) == (str(tmp_path), str(tmp_path))
    undo()
    assert (tempfile.gettempdir(), "TMPDIR" in os.environ) == (before, False)


def test_who_has_said_where_is_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (said := tmp_path / "said").mkdir()
    monkeypatch.setenv("TMPDIR", str(said))
    monkeypatch.setattr(tempfile, "tempdir", None)
    undo = temporary_in(tmp_path)
    assert tempfile.gettempdir() == str(said)
    undo()
    assert os.environ["TMPDIR"] == str(said)


def test_there_must_be_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_room(tmp_path / "not there")
    monkeypatch.setattr(memory, "ROOM", 1)
    assert has_room(tmp_path) == (sys.platform == "linux")
    monkeypatch.setattr(memory, "ROOM", 1 << 60)
    assert not has_room(tmp_path)
