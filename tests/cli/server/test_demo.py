"""Where the demo takes its definitions from, which folder it writes into, and what one may type afterwards."""

import fcntl
from pathlib import Path

import pytest

from reviewflow.cli.server.demo import MARK, _definitions, _own_folder, _program
from reviewflow.service.workspace.errors import UserError
from reviewflow.shipped import shipped


def test_the_definitions_are_those_named_or_those_here_or_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _definitions({}) == shipped("definitions")
    (tmp_path / "definitions").mkdir()
    assert _definitions({}) == Path("definitions")
    assert _definitions({"REVIEWFLOW_DEFINITIONS": "elsewhere"}) == Path("elsewhere")


def test_each_demo_that_runs_has_a_folder_of_its_own(tmp_path: Path) -> None:
    homes = [tmp_path / "demo", tmp_path / "demo-2"]
    with _own_folder(homes) as first, _own_folder(homes) as second:
        assert [first, second] == homes
        with pytest.raises(UserError, match="Other demos are running"), _own_folder(homes):
            pass


def test_what_a_demo_wrote_is_emptied_and_nothing_else(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / MARK).touch()
    (home / "old.txt").touch()
    with _own_folder([home]):
        assert [path.name for path in home.iterdir()] == [MARK]
    (home / MARK).unlink()
    (home / "a letter.txt").touch()
    with pytest.raises(UserError, match="holds something that no demo wrote"), _own_folder([home]):
        pass
    assert (home / "a letter.txt").exists()


def test_a_folder_that_another_program_locked_is_left_alone(tmp_path: Path) -> None:
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _own_folder([tmp_path / "demo", tmp_path / "demo-2"]) as home:
            assert home.name == "demo-2"


def test_the_next_command_is_typed_as_this_one_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "reviewflow"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.argv", [".venv/bin/reviewflow", "demo"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _program() == ".venv/bin/reviewflow"
    monkeypatch.setattr("sys.argv", [str(program), "demo"])
    assert _program() == "reviewflow"
