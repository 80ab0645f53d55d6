"""A folder of definitions as it is read: what is no ordinary file is a problem of its own, and the others are read."""

import os
import sys
from pathlib import Path

import pytest

from reviewflow.language.checking import library_with
from reviewflow.language.folder.library import load_library
from reviewflow.language.reading.parser import MAX_BYTES
from tests.language.definitions import BASE

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor such links")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in BASE.items():
        place = tmp_path / "definitions" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return tmp_path / "definitions"


@posix
def test_a_folder_a_pipe_and_links_are_told_and_the_rest_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("language: 1\nprocess: secret\n")
    messages = folder / "messages"
    (messages / "a_folder.yaml").mkdir()
    os.mkfifo(messages / "a_pipe.yaml")
    (messages / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (messages / "nowhere.yaml").symlink_to(folder / "gone.yaml")
    library = load_library(folder)
    assert {Path(problem.file).name: problem.code for problem in library.problems} == dict.fromkeys(
        ("a_folder.yaml", "a_pipe.yaml", "out.yaml", "nowhere.yaml"), "PD420"
    )
    assert "secret" not in "".join(str(problem) for problem in library.problems)
    assert "reminder" in library.messages


@posix
def test_a_device_named_to_check_is_told(folder: Path) -> None:
    (problem,) = library_with(folder, [Path("/dev/zero")]).problems
    assert (problem.file, problem.code) == ("/dev/zero", "PD420")


@posix
def test_a_large_file_is_judged_before_it_is_read(folder: Path) -> None:
    with (folder / "messages" / "large.yaml").open("wb") as file:
        file.truncate(2 * 1024**3)
    (problem,) = load_library(folder).problems
    assert problem.code == "PD001"
    assert f"2,147,483,648 bytes; at most {MAX_BYTES:,}" in problem.message
