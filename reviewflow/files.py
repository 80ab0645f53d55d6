"""A file that somebody names or lays into a folder: what kind it is and how large, before any of it is read."""

from __future__ import annotations

import os
import stat
from itertools import accumulate, islice
from pathlib import Path

from reviewflow.errors import ReviewflowError


class NotRead(ReviewflowError):
    """A file that is not read; its words begin with what it is and end with what to do."""


class TooLarge(NotRead):
    """A file with more bytes than are read of its kind."""

    def __init__(self, size: int, most: int) -> None:
        self.size = size
        super().__init__(f"This file has {size:,} bytes; at most {most:,} are read.")


def bytes_of(path: Path, most: int, *, within: Path | None = None) -> bytes:
    """All of an ordinary file; nothing is read of a pipe, a device or a folder, nor of what has more than `most` bytes.

    With `within`, nothing is read of a link that leads out of that folder. Raises NotRead, TooLarge.
    """
    if within is not None and _leads_out(path, within):
        raise NotRead("This is a link to a file outside the folder. Copy the file here in its place, or take it out.")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise NotRead(_not_opened(path, error)) from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NotRead(_OTHER)
        if status.st_size > most:
            raise TooLarge(status.st_size, most)
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(status.st_size + 1)
            if len(data) > status.st_size:  # it grew meanwhile, or its size is not told
                data += file.read(most + 1 - len(data))
    finally:
        os.close(handle)
    if len(data) > most:
        raise TooLarge(len(data), most)
    return data


def _leads_out(path: Path, within: Path) -> bool:
    """Where no part of the way is a link, that need not be looked up from the root on: each file of a folder asks."""
    if os.name == "posix" and path.is_relative_to(within):  # Windows has more than links that lead elsewhere
        parts = path.relative_to(within).parts
        way = accumulate(parts, os.path.join, initial=os.fspath(within))
        if ".." not in parts and not any(map(os.path.islink, islice(way, 1, None))):
            return False
    return not path.resolve().is_relative_to(within.resolve())


_OTHER = "This is not an ordinary file but a folder, a pipe or a device. Give it another name, or take it out."


def _not_opened(path: Path, error: OSError) -> str:
    if path.is_symlink() and not path.exists():
        return "This is a link to a file that is not there. Take it out, or copy the file here in its place."
    if path.is_dir():  # Windows opens none
        return _OTHER
    return f"This file cannot be read: {error.strerror}. Look who may read it."
