"""The command itself: what it reads, what it prints last, and how it ends."""

import json
from pathlib import Path

from typer.testing import CliRunner

from reviewflow.cli import app
from tests.language.definitions import ERR, OK, case_files


def check(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments, "--definitions", str(folder)])
    return done.exit_code, done.output.replace(f"{folder}/", "")


def test_good_definitions_pass(folder: Path) -> None:
    assert check(folder) == (0, "10 files checked: no problems.\n")


def test_the_summary_counts(folder: Path) -> None:
    (folder / "processes/toy.yaml").write_bytes(case_files(ERR / "misspelt_key_of_step.yaml")["processes/toy.yaml"])
    status, said = check(folder)
    assert status == 1
    assert said.endswith("\n\n4 errors in 1 of 11 files. Nothing was changed.\n")


def test_the_calendars_file_is_checked_too(folder: Path) -> None:
    (folder / "calendars.yaml").write_text("proclaimed_untill: 2028-12-31\nengland:\n  remove: [2026-05-05]\n")
    status, said = check(folder)
    assert status == 1
    assert "calendars.yaml:1:1  error PD010" in said
    assert "proclaimed_until" in said


def test_a_removed_day_that_is_no_bank_holiday_is_told(folder: Path) -> None:
    with (folder / "calendars.yaml").open("ab") as calendars:
        calendars.write(b"england:\n  remove:\n    - 2026-05-05\n")
    status, said = check(folder, str(folder / "calendars.yaml"))
    assert status == 1
    assert "calendars.yaml:4:7  error PD015" in said
    assert "1 error in 1 of 1 file." in said


def test_a_missing_calendars_file_is_told(folder: Path) -> None:
    (folder / "calendars.yaml").unlink()
    status, said = check(folder)
    assert status == 1
    assert "calendars.yaml:1:1  error PD001" in said
    assert "Make it, with this one line: proclaimed_until: 2028-12-31" in said


def test_a_folder_that_is_not_there_does_not_pass(tmp_path: Path) -> None:
    assert check(tmp_path / "nowhere")[0] == 1


def test_only_the_files_asked_for(folder: Path) -> None:
    (folder / "processes/toy.yaml").write_text("nothing of use")
    assert check(folder, str(folder / "ladders.yaml")) == (0, "1 file checked: no problems.\n")


def test_a_file_of_a_folder_elsewhere_is_checked_with_what_stands_beside_it(folder: Path, tmp_path: Path) -> None:
    """From any other place its groups, messages and posts were said not to be there."""
    for name, data in case_files(OK / "every_key.yaml").items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    process = str(folder / "processes" / "toy.yaml")
    there = check(folder, process)
    assert there[0] == 0
    status, said = check(tmp_path / "nothing", process)
    assert (status, said.replace(f"{folder}/", "")) == there


def test_hidden_files_are_left_alone(folder: Path) -> None:
    (folder / "processes/.toy.yaml.swp.yaml").write_text("nothing of use")
    assert check(folder)[0] == 0


def test_for_machines(folder: Path) -> None:
    (folder / "processes/toy.yaml").write_text("process: toy\n")
    status, said = check(folder, "--json")
    assert status == 1
    first = json.loads(said)[0]
    assert (first["file"], first["line"], first["column"], first["code"]) == ("processes/toy.yaml", 1, 1, "PD011")
