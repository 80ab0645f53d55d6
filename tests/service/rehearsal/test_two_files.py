"""Two files of a process compared: what stands in the folder is read and checked once."""

import shutil
from pathlib import Path

import pytest

from reviewflow.language.differences import differences
from reviewflow.language.problem import DefinitionError
from reviewflow.service.rehearsal import process_versions
from reviewflow.service.rehearsal.process_versions import definition_in_file, definitions_in_files, name_in
from tests.service.conftest import TOY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(TOY, tmp_path / "definitions")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files were read, each time that a folder was."""
    found: list[int] = []
    read = process_versions.read_library

    def counted(files: object) -> object:
        found.append(len(files))  # type: ignore[arg-type]
        return read(files)  # type: ignore[arg-type]

    monkeypatch.setattr(process_versions, "read_library", counted)
    return found


def test_two_of_the_folder_are_read_together(folder: Path, reads: list[int]) -> None:
    first, second, *_ = sorted((folder / "processes").glob("*.yaml"))
    found = list(definitions_in_files([first, second], folder))
    assert [each.process.process for each in found] == [name_in(first), name_in(second)]
    assert len(reads) == 1
    assert [definition_in_file(path, folder) for path in (first, second)] == found


def test_one_from_elsewhere_takes_the_place_of_its_namesake(folder: Path, tmp_path: Path, reads: list[int]) -> None:
    now = folder / "processes" / "review.yaml"
    old = tmp_path / "before.yaml"
    title = next(line for line in now.read_text("utf-8").splitlines() if line.startswith("title:"))
    old.write_text(now.read_text("utf-8").replace(title, "title: As it was", 1), encoding="utf-8")
    before, after = definitions_in_files([old, now], folder)
    assert (before.process.title, f"title: {after.process.title}") == ("As it was", title)
    assert differences(before, after)
    assert reads[0] == reads[1], "the namesake is left out"


def test_the_first_that_is_wrong_is_told(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "review.yaml"
    wrong.write_text("language: 1\nprocess: review\nversion: 1\ntitle: x\nsteps: {}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as told:
        list(definitions_in_files([wrong, tmp_path / "not_there.yaml"], folder))
    assert {problem.file for problem in told.value.problems} == {str(wrong)}
