"""What the README shows is what happens."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from reviewflow.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\s*\$ \.venv/bin/reviewflow (.*)$", README, re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the definitions to work in, with a database of its own."""
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    monkeypatch.chdir(tmp_path)
    for name in ("REVIEWFLOW_DATABASE", "REVIEWFLOW_DEFINITIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, command: str) -> int:
    monkeypatch.setattr(sys, "argv", ["reviewflow", *shlex.split(command)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 80


@pytest.mark.usefixtures("project")
def test_its_commands_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they print when all is well is shown by docs/running.md, which tests/docs/test_pages.py carries out."""
    assert COMMANDS
    for command in COMMANDS:
        assert run(monkeypatch, command) == 0, command


def test_the_mistake_it_shows_is_told_like_that(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "definitions" / "processes" / "rapid_review.yaml"
    right = "days after notified\n    form: agency_return"
    path.write_text(path.read_text().replace(right, right.replace("notified", "notifed")))
    assert run(monkeypatch, "check definitions") == 1
    told = [line.strip() for line in capsys.readouterr().out.splitlines()[:5]]
    shown = [line.strip() for line in README.splitlines()]
    assert [line for line in told if line not in shown] == []


def test_the_process_it_shows_is_the_shipped_one() -> None:
    shown = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0])
    shipped = yaml.safe_load((ROOT / "definitions" / "processes" / "rapid_review.yaml").read_text())
    for section, entries in shown.items():
        for name, entry in entries.items():
            assert entry.items() <= shipped[section][name].items(), name


def test_it_counts_the_shipped_processes() -> None:
    [counted] = re.findall(r"one of (\d+) processes", README)
    assert int(counted) == len(list((ROOT / "definitions" / "processes").glob("*.yaml")))


def test_the_files_it_points_to_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
