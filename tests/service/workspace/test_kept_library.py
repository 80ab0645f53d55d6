"""A library from the cache is the library that the files would give, and never an older one."""

import os
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from reviewflow.language.checks import check_library, errors
from reviewflow.language.folder.library import Library, load_library
from reviewflow.service.workspace.cache import recall
from reviewflow.service.workspace.kept_library import KeptLibrary
from tests.language.definitions import BASE, ERR, OK, case_files, cases
from tests.shipped import DEFINITIONS, library


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "reviewflow"


def was_kept(kept: KeptLibrary) -> bool:
    """Whether its answers came without reading the files as YAML."""
    return "_read" not in vars(kept)


def assert_same(kept: Library, read: Library) -> None:
    for field in fields(Library):
        one, other = getattr(kept, field.name), getattr(read, field.name)
        if isinstance(other, dict):
            assert {name: each.model for name, each in one.items()} == {n: each.model for n, each in other.items()}
            assert [each.model.model_fields_set for each in one.values()] == [
                each.model.model_fields_set for each in other.values()
            ]
        elif field.name == "half_partnership":
            continue  # for checks alone, which read the files
        elif field.name in {"ladders", "partnership"}:
            assert (one and one.model) == (other and other.model)
        else:
            assert one == other


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def folders() -> list[dict[str, bytes]]:
    """Every good example of the language, and one in ten of the mistakes."""
    return [{**BASE, **case_files(case)} for case in (*cases(OK), *cases(ERR)[::10])]


def test_the_shipped_definitions_come_back_as_they_are() -> None:
    read = library()
    first, second = KeptLibrary(DEFINITIONS), KeptLibrary(DEFINITIONS)
    for kept, already in ((first, False), (second, True)):
        assert_same(kept.library, read)
        assert kept.errors == errors(check_library(read)) == ()
        assert was_kept(kept) is already
    assert second.library.processes["rapid_review"].source == read.processes["rapid_review"].source


def test_any_definitions_and_their_errors_come_back_as_they_are(tmp_path: Path) -> None:
    for number, files in enumerate(folders()):
        folder = written(tmp_path / str(number), files)
        read = load_library(folder)
        for _ in range(2):
            kept = KeptLibrary(folder)
            assert_same(kept.library, read)
            assert kept.errors == errors(check_library(read))


def test_a_changed_file_is_never_answered_from_the_cache(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEFINITIONS, tmp_path / "definitions"))
    assert KeptLibrary(folder).library.processes["rapid_review"].model.title == "Rapid review"
    path = folder / "processes" / "rapid_review.yaml"
    stamp = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("title: Rapid review", "title: Rapid revieu", 1), "utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert KeptLibrary(folder).library.processes["rapid_review"].model.title == "Rapid revieu"
    path.rename(path.with_name("swift_review.yaml"))
    assert "PD018" in {problem.code for problem in KeptLibrary(folder).errors}
    path.with_name("swift_review.yaml").unlink()
    assert "rapid_review" not in KeptLibrary(folder).library.processes


def test_other_code_does_not_take_what_this_one_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert KeptLibrary(DEFINITIONS).library.partnership
    monkeypatch.setattr("reviewflow.service.workspace.kept_library.code_digest", lambda: "another")
    other = KeptLibrary(DEFINITIONS)
    assert other.library.partnership
    assert not was_kept(other)


def test_a_damaged_entry_is_read_anew_and_put_right(place: Path) -> None:
    assert KeptLibrary(DEFINITIONS).library.partnership
    [entry] = place.glob("library-*")
    entry.write_text("{}")
    again = KeptLibrary(DEFINITIONS)
    assert_same(again.library, library())
    assert not was_kept(again)
    assert recall(entry.name)


def test_without_a_place_it_is_read_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        kept = KeptLibrary(DEFINITIONS)
        assert_same(kept.library, library())
        assert not was_kept(kept)
