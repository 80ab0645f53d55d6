"""Where answers are given, and the key that makes the addresses: beside the database, not in it.

Whoever has a copy of the database alone can open nothing. Another key ends every address made with the old one.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from reviewflow.service.workspace.errors import SettingsError, UserError

PUBLIC_URL, LOCAL_URL = "REVIEWFLOW_PUBLIC_URL", "REVIEWFLOW_LOCAL_URL"
KEY, KEY_FILE = "REVIEWFLOW_DOOR_KEY", "REVIEWFLOW_DOOR_KEY_FILE"
DEFAULT_FILE = Path("var") / "door-key"
SHORTEST = 32
"""Characters of a key."""
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Door:
    """Where the pages are, and with which keys their addresses are made and known again, the newest first."""

    url: str
    keys: tuple[str, ...] = field(repr=False)

    def address(self, token: str) -> str:
        """The address of a page in full."""
        return f"{self.url}/a/{token}"


def new_key() -> str:
    """A new key, as text."""
    return secrets.token_urlsafe(SHORTEST)


def door_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The keys, the newest first: given by the environment, or kept in a file that is made when there is none.

    Raises UserError when the file is empty, holds something else, or when others than its owner may read it.
    """
    if given := environ.get(KEY, "").strip():
        return _checked(given, KEY)
    path = Path(environ.get(KEY_FILE, "").strip() or DEFAULT_FILE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept(path)
    except OSError as error:
        raise UserError(f"The key of the answer pages could not be kept in {path}: {error.strerror}.") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(made := new_key())
    return (made,)


def _kept(path: Path) -> tuple[str, ...]:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UserError(f"Others on this machine may read {path}, the key of the answer pages. Say: chmod 600 {path}")
    return _checked(path.read_text(encoding="utf-8"), str(path))


def _checked(text: str, where: str) -> tuple[str, ...]:
    keys = tuple(filter(None, re.split(r"[\s,]+", text)))
    if not keys or any(len(key) < SHORTEST for key in keys):
        raise UserError(
            f"{where} holds no key of the answer pages: each has at least {SHORTEST} characters, one a line, the "
            "newest first. Make one with: reviewflow links new-key"
        )
    return keys


def public_door(environ: Mapping[str, str]) -> Door | None:
    """What letters that leave the building carry; None when no pages are to be reached from outside."""
    return _door(environ, PUBLIC_URL)


def local_door(environ: Mapping[str, str]) -> Door | None:
    """What letters carry that are only written to a folder: the public pages, else those on this machine."""
    return public_door(environ) or _door(environ, LOCAL_URL)


def _door(environ: Mapping[str, str], name: str) -> Door | None:
    url = environ.get(name, "").strip().rstrip("/")
    if not url:
        return None
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_MACHINE)
    if not safe or not parts.hostname or parts.query or parts.fragment or parts.username or re.search(r"\s", url):
        raise SettingsError(
            f"{name} must be the address at which agencies reach the answer pages: https://reviews.example.gov.uk"
        )
    return Door(url, door_keys(environ))
