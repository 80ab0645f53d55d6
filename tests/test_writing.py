"""A file is written whole or not at all, and of a folder that could not be filled nothing is left."""

import errno
import os
import sys
from pathlib import Path

import pytest

from reviewflow.writing import new_folder, write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither such modes nor pipes among its files")


def fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk takes two bytes of each file."""
    write = Path.write_bytes

    def some(path: Path, body: bytes) -> int:
        write(path, body[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", some)


def test_what_stood_there_stands_there_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "report.csv"
    place.write_bytes(b"as it was")
    fill(monkeypatch)
    with pytest.raises(OSError, match="No space left") as full:
        write_whole(place, b"another")
    assert (full.value.errno, full.value.filename) == (errno.ENOSPC, str(place))
    assert (place.read_bytes(), list(tmp_path.iterdir())) == (b"as it was", [place])


@posix
def test_a_mode_is_kept_or_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "report.csv"
    place.write_bytes(b"as it was")
    place.chmod(0o640)
    write_whole(place, b"another")
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"another", 0o640)
    write_whole(place, b"a third", mode=0o600)
    assert place.stat().st_mode & 0o777 == 0o600


@posix
def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    write_whole(tmp_path / "link", b"text")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "elsewhere").read_bytes()) == (True, b"text")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", b"text")
    assert os.read(reader, 10) == b"text"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def two_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_folder(folder):
        (folder / "pages").mkdir()
        write_whole(folder / "pages" / "first.html", b"text")
        fill(monkeypatch)
        write_whole(folder / "index.html", b"text")


@pytest.mark.parametrize("there", [False, True])
def test_of_a_folder_that_could_not_be_filled_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    folder = tmp_path / "new" / "below"
    if there:
        folder.mkdir(parents=True)
    with pytest.raises(OSError, match="No space left"):
        two_pages(folder, monkeypatch)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")}
    assert left == ({"new", "new/below"} if there else set())


def test_of_a_folder_that_was_filled_all_stays(tmp_path: Path) -> None:
    with new_folder(tmp_path / "new") as folder:
        write_whole(folder / "index.html", b"text")
    assert (tmp_path / "new" / "index.html").read_bytes() == b"text"
