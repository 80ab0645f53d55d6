"""What is no ordinary file is refused in words, and nothing of it is read."""

import os
import sys
from pathlib import Path

import pytest

from reviewflow.files import NotRead, TooLarge, bytes_of

MOST = 100
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor devices among its files")


def test_an_ordinary_file_up_to_its_last_byte(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_bytes(b"x" * MOST)
    assert bytes_of(tmp_path / "file.yaml", MOST, within=tmp_path) == b"x" * MOST


def test_one_byte_more_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_bytes(b"x" * (MOST + 1))
    with pytest.raises(TooLarge, match="has 101 bytes; at most 100 are read"):
        bytes_of(tmp_path / "file.yaml", MOST)


@posix
def test_a_file_of_two_gigabytes_is_judged_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "file.yaml").open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(TooLarge, match="has 2,147,483,648 bytes"):
        bytes_of(tmp_path / "file.yaml", MOST)


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").mkdir()
    with pytest.raises(NotRead, match="not an ordinary file"):
        bytes_of(tmp_path / "file.yaml", MOST, within=tmp_path)


@posix
def test_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file.yaml")
    with pytest.raises(NotRead, match="not an ordinary file"):
        bytes_of(tmp_path / "file.yaml", MOST, within=tmp_path)


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_a_device(device: str) -> None:
    with pytest.raises(NotRead):
        bytes_of(Path(device).resolve(), MOST)


@posix
def test_what_tells_no_size_is_read_no_further(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        bytes_of(Path("/proc/self/environ").parent / "smaps", 5)


@posix
def test_a_link_out_of_the_folder_and_one_within_it(tmp_path: Path) -> None:
    outside, folder = tmp_path / "secret", tmp_path / "definitions"
    outside.write_text("not for you")
    folder.mkdir()
    (folder / "there.yaml").write_text("here")
    (folder / "out.yaml").symlink_to(outside)
    (folder / "within.yaml").symlink_to(folder / "there.yaml")
    (folder / "nowhere.yaml").symlink_to(folder / "gone.yaml")
    assert bytes_of(folder / "within.yaml", MOST, within=folder) == b"here"
    with pytest.raises(NotRead, match="outside the folder"):
        bytes_of(folder / "out.yaml", MOST, within=folder)
    with pytest.raises(NotRead, match="not there"):
        bytes_of(folder / "nowhere.yaml", MOST, within=folder)


@posix
def test_a_way_out_of_the_folder_that_is_not_the_files_own_name(tmp_path: Path) -> None:
    outside, folder = tmp_path / "elsewhere", tmp_path / "definitions"
    for each in (outside, folder / "forms"):
        each.mkdir(parents=True)
        (each / "file.yaml").write_text("here")
    (folder / "linked").symlink_to(outside)
    (folder / "inside").symlink_to(folder / "forms")
    (tmp_path / "office").symlink_to(folder)
    for way in ("linked/file.yaml", "../elsewhere/file.yaml", "forms/../../elsewhere/file.yaml"):
        with pytest.raises(NotRead, match="outside the folder"):
            bytes_of(folder / way, MOST, within=folder)
    for way in ("inside/file.yaml", "forms/../forms/file.yaml"):
        assert bytes_of(folder / way, MOST, within=folder) == b"here"
    for named, within in ((tmp_path / "office", folder), (folder, tmp_path / "office"), (tmp_path / "office",) * 2):
        assert bytes_of(named / "forms" / "file.yaml", MOST, within=within) == b"here"


@posix
def test_a_file_that_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed to read everything: the system's refusal is put in its place."""

    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "file.yaml").write_text("x")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NotRead, match=r"cannot be read: Permission denied\. Look who may read it"):
        bytes_of(tmp_path / "file.yaml", MOST)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotRead, match="No such file"):
        bytes_of(tmp_path / "file.yaml", MOST)
