"""Files that are written whole or not at all, also where the disk is full or the program is killed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, body: bytes, *, mode: int | None = None) -> None:
    """Put `body` in the place of what stands there; nobody ever reads half of it. `mode` is as of chmod, 0o600.

    What is no ordinary file, such as a pipe, is written to as it is. Raises OSError, which names the path: then what
    stood there stands there as before.
    """
    place = path.resolve() if path.is_symlink() else path
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(body)
            return
        beside.write_bytes(body)
        _settle(beside, place, mode)
        beside.replace(place)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _settle(beside: Path, place: Path, mode: int | None) -> None:
    """As it was asked for, or as what it takes the place of."""
    if mode is not None:
        beside.chmod(mode)
    elif place.exists():
        beside.chmod(stat.S_IMODE(place.stat().st_mode))


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """In the block, a folder that is filled; where that fails nothing of it is left, nor of what it lies in.

    It may be there already where it is empty.
    """
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    except BaseException:
        _take_out(folder.iterdir() if there == folder else [there / folder.relative_to(there).parts[0]])
        raise


def _take_out(places: Iterable[Path]) -> None:
    from shutil import rmtree

    for place in list(places):
        if place.is_dir():
            rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
