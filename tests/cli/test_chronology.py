"""One chronology of several, from the command line: what is said, what is not, and how it ends."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.errors import ReviewflowError

SECRET = "grandmother"
HEAD = "Date,Time,Event\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "police.csv").write_text(f"{HEAD}14/05/2026,2.30pm,{SECRET}\n")
    (tmp_path / "school.csv").write_text(f"{HEAD}2026-05-14,14:30,x\n13/05/2026,,y\n")
    (tmp_path / "gp.csv").write_text(f"{HEAD}in {SECRET}'s May,,{SECRET}\n")
    (tmp_path / "letter.xlsx").write_text(SECRET)
    return tmp_path


def merged(folder: Path, *names: str, output: str = "merged.xlsx") -> tuple[int, str]:
    files = [str(folder / name) for name in names]
    result = CliRunner().invoke(app, ["chronology", "merge", *files, "-o", str(folder / output)])
    if isinstance(result.exception, ReviewflowError):
        return result.exception.exit_status, str(result.exception)
    return result.exit_code, result.output


def test_what_was_written_and_where_several_tell_of_one_moment(folder: Path) -> None:
    status, words = merged(folder, "police.csv", "school.csv")
    assert status == 0
    assert words == (
        "Several agencies tell of the same day and time; compare what they say:\n"
        "  police.csv row 2; school.csv row 2\n"
        f"Wrote {folder / 'merged.xlsx'}: 3 rows of 2 files.\n"
    )
    assert openpyxl.load_workbook(folder / "merged.xlsx").worksheets[0].max_row == 4


def test_what_is_wrong_is_said_of_all_files_and_the_rest_is_written(folder: Path) -> None:
    status, words = merged(folder, "letter.xlsx", "gp.csv", "police.csv")
    assert status == 1
    assert "letter.xlsx cannot be read. This is not a workbook" in words
    assert "gp.csv row 2: the date cannot be read: write it as 2026-05-14.\n" in words
    assert words.endswith("2 rows of 3 files, 1 of them at the end, without a date that can be read.\n")
    assert SECRET not in words
    assert (folder / "merged.xlsx").exists()


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "merged.xlsx").write_text("older")
    status, words = merged(folder, "police.csv")
    assert (status, "merged.xlsx is there already" in words) == (1, True)
    assert (folder / "merged.xlsx").read_text() == "older"


def test_nothing_is_written_of_nothing_or_as_anything_but_a_workbook(folder: Path) -> None:
    status, words = merged(folder, "letter.xlsx")
    assert (status, words.endswith("Nothing could be merged, so nothing was written.\n")) == (1, True)
    status, words = merged(folder, "police.csv", output="merged.csv")
    assert (status, "-o merged.xlsx" in words) == (2, True)
    assert not [*folder.glob("merged.*")]
