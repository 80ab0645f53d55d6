"""What is written once, from the command line: a process written out, and days counted in a partner's own calendar."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.language.definitions import BASE, OK, case_files

TOY = Path(__file__).parent.parent / "toy"


def reviewflow(folder: Path, *words: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from reviewflow.cli import main; main()", *words, "--definitions", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in {**BASE, **case_files(OK / "written_once")}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    shutil.copy(TOY / "calendars.yaml", tmp_path)
    return tmp_path


def test_a_process_is_written_out_so_that_it_stands_on_its_own(folder: Path) -> None:
    status, out, _ = reviewflow(folder, "resolve", "third")
    assert status == 0
    assert "extends" not in out
    (folder / "processes/third.yaml").write_text(out)
    assert reviewflow(folder, "check") == (0, "14 files checked: no problems.\n", "")
    assert reviewflow(folder, "resolve", "third")[1] == out


def test_a_process_that_there_is_not(folder: Path) -> None:
    status, _, said = reviewflow(folder, "resolve", "thrid")
    assert status == 1
    assert 'Did you mean "third"?' in said


def test_days_of_a_partner_are_counted_in_its_own_calendar(folder: Path) -> None:
    with (folder / "partnership.yaml").open("a") as file:
        file.write("calendars:\n  trust: {title: The Trust, closures: {2026-05-06: Trust closed}}\n")
    asked = ("date", "1 clear working day after 2026-05-05", "--calendar", "trust", "--explain")
    status, out, _ = reviewflow(folder, *asked)
    assert status == 0
    assert "2026-05-06  Wed  not counted: Trust closed" in out
    assert out.endswith("1 clear working day lies between, and neither end is counted\n2026-05-08\n")
    status, _, said = reviewflow(folder, "date", "1 day after 2026-05-05", "--calendar", "trusts")
    assert status == 1
    assert 'Did you mean "trust"?' in said
