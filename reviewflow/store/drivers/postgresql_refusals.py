"""Why a PostgreSQL let nobody in, in words: of that its library hands on text, and no code."""

from __future__ import annotations

from psycopg import OperationalError

from reviewflow.store.errors import DiskFull, HeldByOthers, StoreUnavailable

FULL = "the disk is full on its server; nothing was changed, make room there and try again"
_STARTS = "its server starts, or stops; nothing was changed, try again in a minute"
_CROWDED = "as many use it as its server lets in; nothing was changed, try again, or raise its max_connections"
_NOBODY = "nobody answers at this address: does its server run, and is the address right? Nothing was changed"
_STRANGER = "its server does not know this name and password; nothing was changed, look at the address in the settings"
_OF_ITS_FILES = "58"  # the class of errors of a server whose own files are missing or cannot be read
_SAID: tuple[tuple[str, type[StoreUnavailable], str], ...] = (
    ("no space left on device", DiskFull, FULL),
    ("the database system is ", HeldByOthers, _STARTS),
    ("too many clients", HeldByOthers, _CROWDED),
    ("connection slots are reserved", HeldByOthers, _CROWDED),
    ("too many connections", HeldByOthers, _CROWDED),
    ("connection refused", HeldByOthers, _NOBODY),
    ("no such file or directory", HeldByOthers, _NOBODY),
    ("timeout expired", HeldByOthers, _NOBODY),
    ("could not translate host name", HeldByOthers, _NOBODY),
    ("failed to resolve host", HeldByOthers, _NOBODY),
    ("password authentication failed", HeldByOthers, _STRANGER),
)
"""What it says, among more, in English; what comes of it; and what we say."""


def why_refused(error: OperationalError, named: str) -> StoreUnavailable:
    """What is to be raised; `named` is the database as people are told of it."""
    reason = str(error).strip().splitlines()[0]
    if (error.sqlstate or "").startswith(_OF_ITS_FILES):
        return StoreUnavailable(f"{named} cannot be used: {reason}")
    known = (entry for entry in _SAID if entry[0] in str(error).lower())
    _, kind, words = next(known, ("", HeldByOthers, reason))
    return kind(f"{named} cannot be used: {words}")
