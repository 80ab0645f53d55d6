"""A file that says it is a workbook or a Word file is known to be one, whole and small, before it is opened."""

import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from reviewflow.files import NotRead, TooLarge
from reviewflow.office_file import MOST, MOST_UNPACKED, WORD, WORKBOOK, office_file

XML = b"<?xml version='1.0'?><a>"


def packed(path: Path, parts: dict[str, bytes], how: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", how) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def large(path: Path) -> Path:
    """A cell of 100 MB in a file of 100 kB."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file, file.open(WORKBOOK, "w") as part:
        for _ in range(100):
            part.write(b"x" * 1_000_000)
    return path


def lying(path: Path) -> Path:
    """As `large`, but its directory says that it has ten bytes, and their checksum."""
    data = large(path).read_bytes()
    told, real = ((10).to_bytes(4, "little"), (100_000_000).to_bytes(4, "little"))
    crc = zlib.crc32(b"x" * 10).to_bytes(4, "little")
    with ZipFile(path) as file:
        was = file.getinfo(WORKBOOK).CRC.to_bytes(4, "little")
    path.write_bytes(data.replace(real, told).replace(was, crc))
    with ZipFile(path) as file:
        assert file.getinfo(WORKBOOK).file_size == 10
    return path


def cut(path: Path) -> Path:
    path.write_bytes(packed(path, {WORKBOOK: XML * 1000}).read_bytes()[:-40])
    return path


def damaged(path: Path) -> Path:
    data = bytearray(packed(path, {WORKBOOK: XML * 1000}).read_bytes())
    data[60:70] = b"0123456789"
    path.write_bytes(data)
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


KINDS = {
    "large": (large, "more than 60,000,000 bytes"),
    "lying": (lying, "only a part of one"),
    "cut": (cut, "only a part of one"),
    "damaged": (damaged, "only a part of one"),
    "text": (written(b"a,b\n1,2\n"), "not a workbook"),
    "empty": (written(b""), "not a workbook"),
    "older": (written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "has a password, or is of an office program"),
    "Word": (lambda path: packed(path, {WORD: XML}), "This is a Word document, not a workbook"),
    "a zip": (lambda path: packed(path, {"holiday.jpg": b"x"}), "This is another kind of file"),
    "parts": (lambda path: packed(path, {str(number): b"" for number in range(5_001)}), "Unpacked"),
    "bzip2": (lambda path: packed(path, {WORKBOOK: XML}, ZIP_BZIP2), "not a workbook"),
    "entities": (lambda path: packed(path, {WORKBOOK: XML + b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "entities"),
    "UTF-16": (lambda path: packed(path, {WORKBOOK: "<!DOCTYPE a []>".encode("utf-16")}), "entities"),
    "over a chunk": (lambda path: packed(path, {WORKBOOK: b" " * 65_530 + b"<!DOCTYPE a []>"}), "entities"),
}


@pytest.mark.parametrize(("make", "words"), KINDS.values(), ids=KINDS)
def test_what_is_no_workbook_is_told_in_words(tmp_path: Path, make: Callable[[Path], Path], words: str) -> None:
    with pytest.raises(NotRead, match=words):
        office_file(make(tmp_path / "actions.xlsx"), WORKBOOK)


@pytest.mark.parametrize("make", [large, lying])
def test_little_is_unpacked_of_what_is_too_large(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "actions.xlsx")
    tracemalloc.start()
    try:
        with pytest.raises(NotRead):
            office_file(path, WORKBOOK)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_sound_file_is_given_as_it_is(tmp_path: Path) -> None:
    path = packed(tmp_path / "actions.xlsx", {WORKBOOK: XML, "docProps/app.xml": XML * 50_000})
    assert office_file(path, WORKBOOK) == path.read_bytes()
    assert len(XML) * 50_001 < MOST_UNPACKED


def test_its_size_is_judged_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "actions.xlsx").open("wb") as file:
        file.truncate(MOST + 1)
    with pytest.raises(TooLarge):
        office_file(tmp_path / "actions.xlsx", WORKBOOK)
