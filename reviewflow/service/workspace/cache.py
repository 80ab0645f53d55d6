"""What can be worked out again, kept in the user's own cache folder, so that the next command begins sooner.

An entry is asked for by a digest of all that it was made of, the program's own code too: when any of it changes it is
another entry, so none is ever stale. Entries are JSON and not pickles: reading one back runs nothing that stands in it.
An entry that is cut short, damaged or somebody else's counts as none. Without a place of our own nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import reviewflow

MOST = 40
"""How many entries are kept; of more those go that were used longest ago."""
_OTHERS = 0o077


def digest_of(parts: Iterable[bytes]) -> str:
    """The name of what is made of these parts in this order, in 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


@cache
def code_digest() -> str:
    """A digest of the code that reads definitions and calendars; empty when its source cannot be seen."""
    package = Path(reviewflow.__file__).parent
    places = (package.glob("*.py"), package.glob("language/**/*.py"), package.glob("service/workspace/*.py"))
    sources = [path for place in places for path in sorted(place)]
    return digest_of(part for path in sources for part in (path.name.encode(), path.read_bytes())) if sources else ""


def recall(name: str) -> str | None:
    """The text that was kept under this name; None when there is none that is whole and ours. It is in use from now."""
    folder = _folder()
    if folder is None or not _is_ours(folder, stat.S_ISDIR):
        return None
    path = folder / name
    if not _is_ours(path, stat.S_ISREG):
        return None
    try:
        seal, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)
    return body.decode() if seal == hashlib.sha256(body).hexdigest().encode() else None


def keep(name: str, text: str) -> None:
    """Keep a text under this name, whole or not at all; where that cannot be, nothing is kept and nothing is said."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder, stat.S_ISDIR):
            body = text.encode()
            _write(folder / name, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            _take_out_the_least_used(folder)


def _folder() -> Path | None:
    """Where a user's programs keep what they can make again, by the rules of the system."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if named:
        return Path(named) / "reviewflow" if Path(named).is_absolute() else None
    try:
        return Path.home() / ".cache" / "reviewflow"
    except RuntimeError:
        return None


def _is_ours(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether it is there, no link, and nobody else can write or read it; Windows keeps a user's folder to the user."""
    try:
        status = path.lstat()
    except OSError:
        return False
    private = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS)
    return private and is_kind(status.st_mode)


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def _take_out_the_least_used(folder: Path) -> None:
    by_use = sorted(folder.iterdir(), key=_used, reverse=True)
    for path in by_use[MOST:]:
        path.unlink(missing_ok=True)


def _used(path: Path) -> float:
    """When an entry was last in use, in seconds of the system's epoch; one that another program took out: never."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0
