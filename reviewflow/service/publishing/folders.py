"""Folders of definitions on the disk: what one is known by, copied beside another, and exchanged with it at once."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reviewflow.service.workspace.errors import UserError

UNCHANGED = "Nothing was changed."
_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux's renameat2."""


def files_in(folder: Path) -> Iterator[Path]:
    """Every file of the folder, by its path below it, in order; hidden ones are no definitions.

    Raises UserError for a link: what it leads to could change without being published.
    """
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if any(part.startswith(".") or part == "__pycache__" for part in place.parts):
            continue
        if path.is_symlink():
            raise UserError(f"{path} is a link; only files themselves can be published. {UNCHANGED}")
        if path.is_file():
            yield place


def digest_of(folder: Path) -> str:
    """What the folder is known by: over the path and the bytes of every file, 64 letters and figures."""
    whole = hashlib.sha256()
    for place in files_in(folder):
        content = hashlib.sha256((folder / place).read_bytes()).hexdigest()
        whole.update(f"{place.as_posix()}\0{content}\n".encode())
    return whole.hexdigest()


def shelf_of(folder: Path) -> Path:
    """Where folders are kept that were published before, or wait to be, each under its digest: beside the office's."""
    target = folder.resolve()
    return target.with_name(f"{target.name}-published")


def put_on_shelf(source: Path, folder: Path) -> str:
    """Copy a folder to the shelf of the office's, all of it on the disk before it has its name; its digest."""
    shelf = shelf_of(folder)
    shelf.mkdir(exist_ok=True)
    copied = shelf / f".copied-{os.getpid()}"
    _copy_folder(source, copied)
    digest = digest_of(copied)
    if (shelf / digest).exists():
        shutil.rmtree(copied)
    else:
        copied.rename(shelf / digest)
        _on_disk(shelf)
    return digest


def on_shelf(folder: Path, digest: str) -> Path:
    """The folder of this digest; raises UserError when it is not there any more, or was changed there."""
    path = shelf_of(folder) / digest
    if not path.is_dir() or digest_of(path) != digest:
        raise UserError(f"The folder {digest[:12]} is not in {shelf_of(folder)} any more as it was. {UNCHANGED}")
    return path


def take_over(folder: Path, digest: str) -> None:
    """Let the office's folder be the one of this digest, at once; the one before is put on the shelf. One at a time.

    A process that is killed here leaves one or the other whole: what is on the shelf besides is copies.
    """
    put_on_shelf(folder, folder)
    coming = shelf_of(folder) / ".coming"
    _copy_folder(on_shelf(folder, digest), coming)
    exchange(coming, folder.resolve())
    _on_disk(folder.resolve().parent)
    shutil.rmtree(coming)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places at once; where the system cannot, one after the other."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    swap = getattr(libc, "renameat2", None)
    if swap is not None and swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return
    aside = one.with_name(f"{one.name}-aside")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def _copy_folder(source: Path, target: Path) -> None:
    """Every file, in place of what somebody who was killed has left there."""
    if target.exists():
        shutil.rmtree(target)
    for place in files_in(source):
        _copy(source / place, target / place)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _on_disk(folder: Path) -> None:
    """Let names in it outlast a power cut, where the system does that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
