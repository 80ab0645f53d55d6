"""A workbook or a Word file (.xlsx, .docx: XML in a zip) that somebody hands in, judged before it is opened."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reviewflow.files import NotRead, bytes_of

MOST = 20_000_000
"""Bytes of such a file."""
MOST_UNPACKED = 60_000_000
"""Bytes of all its parts together, unpacked."""
MOST_PARTS = 5_000
WORKBOOK, WORD = "xl/workbook.xml", "word/document.xml"
_KINDS = {WORKBOOK: "a workbook", WORD: "a Word document", "ppt/presentation.xml": "a presentation"}
_CHUNK = 65_536
_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
"""What entities are declared in; no office program writes any."""
_OLDER = b"\xd0\xcf\x11\xe0"
_AGAIN = "Open it in the program that made it, save it anew, and send that."


def office_file(path: Path, main: str, *, most: int = MOST_UNPACKED) -> bytes:
    """The bytes of a file whose main part is `main` (WORKBOOK, WORD), known to be sound and small when unpacked.

    Raises NotRead for every other file, in words that go on from its name: "This is a Word document ...".
    """
    data = bytes_of(path, MOST)
    if data[:4] == _OLDER:
        raise NotRead(f"This has a password, or is of an office program before 2007. Save it as {_KINDS[main]} anew.")
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            _judge(packed, main, most)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotRead(f"This is not {_KINDS[main]}, or only a part of one. {_AGAIN}") from error
    return data


def _judge(packed: ZipFile, main: str, most: int) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise NotRead(f"Unpacked, this would have more than {most:,} bytes, so it is not opened. {_AGAIN}")
    names = {part.filename for part in parts}
    if main not in names:
        kind = next((words for name, words in _KINDS.items() if name in names), "another kind of file")
        raise NotRead(f"This is {kind}, not {_KINDS[main]}, whatever its name is. {_AGAIN}")
    for part in parts:
        _unpack(packed, part)


def _unpack(packed: ZipFile, part: ZipInfo) -> None:
    """Go through a part once, keeping nothing; the zip's directory may lie about its length."""
    if part.flag_bits & 1 or part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadZipFile(part.filename)
    declared, length, before = part.file_size, 0, b""
    part.file_size = declared + 1  # else the reader stops where the directory says, and what follows is not seen
    try:
        with packed.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                length += len(chunk)
                if length > declared:
                    raise BadZipFile(part.filename)
                if any(mark in before + chunk for mark in _TYPES):
                    raise NotRead(f"This declares XML entities, which no office program writes. {_AGAIN}")
                before = chunk[-32:]
    finally:
        part.file_size = declared
    if length < declared:
        raise BadZipFile(part.filename)
