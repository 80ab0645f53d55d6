"""What a check consists of: the files, the calendars, the room before limits, versions that were used before."""

import shutil
from pathlib import Path

import pytest

from reviewflow.service.rehearsal import check
from reviewflow.service.rehearsal.check import check_definitions
from reviewflow.service.workspace.calendar_file import Overlay, read_overlay
from reviewflow.service.workspace.errors import NotUsable

SHIPPED = Path(__file__).parents[3] / "definitions"
NO_DATABASE = {"REVIEWFLOW_DATABASE": "sqlite:////nowhere/cases.db"}
REVIEW = "processes/rapid_review.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(folder: Path, *files: Path) -> list[tuple[str, str]]:
    """Where something is wrong, and its code."""
    problems = check_definitions(folder, files, environ=NO_DATABASE).problems
    return [(Path(problem.file).name, problem.code) for problem in problems]


def test_every_file_is_looked_at_and_the_calendars_too(folder: Path) -> None:
    checked = check_definitions(folder, environ=NO_DATABASE)
    assert checked.problems == ()
    assert checked.files == tuple(sorted(str(path) for path in folder.rglob("*.yaml")))


def test_the_calendars_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder / "calendars.yaml", "england:", "wales: {remove: [2027-01-05]}\nengland:")
    read: list[Path] = []

    def counted(path: Path) -> Overlay:
        read.append(path)
        return read_overlay(path)

    monkeypatch.setattr(check, "read_overlay", counted)
    assert codes(folder) == [("calendars.yaml", "PD015")]
    assert read == [folder / "calendars.yaml"]


def test_what_is_wrong_in_one_place_hides_nothing_elsewhere(folder: Path) -> None:
    change(folder / REVIEW, "due: 7 working days", "due: 7 wrking days")
    change(folder / "calendars.yaml", "proclaimed_until: ", "proclaimed_untl: ")
    found = codes(folder)
    assert {name for name, _ in found} == {"rapid_review.yaml", "calendars.yaml"}
    assert {name for name, _ in codes(folder, folder / REVIEW)} == {"rapid_review.yaml"}
    assert codes(folder, folder / "partnership.yaml") == []


def test_a_folder_may_be_named_in_place_of_files(folder: Path, tmp_path: Path) -> None:
    assert check_definitions(tmp_path, (folder,), environ=NO_DATABASE) == check_definitions(folder, environ=NO_DATABASE)
    with pytest.raises(NotUsable, match="There is no folder of definitions"):
        check_definitions(tmp_path / "none", environ=NO_DATABASE)
