"""The page of the toolkit: each file that it names is there, and each command runs."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "toolkit.md").read_text("utf-8")
FILES = sorted(set(re.findall(r"`((?:documents|forms|groups|messages|processes|tables)/[a-z_]+\.yaml)`", PAGE)))
COMMANDS = sorted(set(re.findall(r"\| `(reviewflow [^`]+)` \|", PAGE)))


def test_the_page_names_all_fourteen_and_what_else_the_two_pages_hold() -> None:
    numbers = re.findall(r"^\| (\d+) \| .+ \| `reviewflow [^`]+` \|$", PAGE, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 15)]
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_it_names_is_there(name: str) -> None:
    assert (ROOT / "definitions" / name).is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_it_names_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {
        "REVIEWFLOW_DEFINITIONS": str(ROOT / "definitions"),
        "REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/cases.db",
    }
    (tmp_path / "cases.db").touch()
    result = CliRunner().invoke(app, shlex.split(command)[1:], env=settings)
    assert result.exit_code == 0, f"{result.output}{result.exception}"
    assert result.output.strip() or [*tmp_path.glob("*.mmd")]
