"""Sealing what was recorded, and the head: one line to keep elsewhere, which proves later that nothing was changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from reviewflow.london import stamp
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import StoreUnavailable
from reviewflow.store.records import Seal, Unsealed

_HEAD = re.compile(r"seal (\d+) of (.+): ([0-9a-f]{64}) at ([0-9T:.+-]+)")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of an office: what everything recorded up to it hangs on."""

    office: str
    seals: int
    hash: str
    at: str

    @property
    def line(self) -> str:
        """One line, as it is kept elsewhere."""
        return f"seal {self.seals} of {self.office}: {self.hash} at {self.at}"


@dataclass(frozen=True, slots=True)
class SealedUpTo:
    """How far an office is sealed; for whoever asks whether all is well."""

    head: Head | None
    """None before the first seal."""
    unsealed: Unsealed


def seal(workspace: Workspace, *, now: datetime) -> int:
    """Seal what is not sealed yet; how many seals were made. A damaged row that no seal can have is set aside.

    Raises DamagedRow when the last seal cannot be read: no other can go on from it.
    """
    before, damaged = workspace.store.last_seal(), dict[str, Exception]()

    @contextmanager
    def aside(table: str, key: str) -> Iterator[None]:
        try:
            yield
        except (TypeError, ValueError) as error:
            damaged[plain(f"{table}/{key}")] = error

    after = workspace.store.seal(stamp(now), settings_of(workspace), aside)
    _note(workspace, damaged, now)
    return (after.number if after else 0) - (before.number if before else 0)


def _note(workspace: Workspace, damaged: Mapping[str, Exception], now: datetime) -> None:
    boundary = Boundary(workspace, "seal", now)
    for key, error in damaged.items():
        boundary.note("row", key, error)
    boundary.end("row")


def sealed_up_to(workspace: Workspace) -> SealedUpTo:
    """The head, how many rows no seal covers yet, and since when."""
    return SealedUpTo(newest_head(workspace), workspace.store.unsealed())


def newest_head(workspace: Workspace) -> Head | None:
    """The head; None before the first seal."""
    last = workspace.store.last_seal()
    return head_of(workspace, last) if last else None


def head_of(workspace: Workspace, seal: Seal) -> Head:
    """A seal as a head."""
    return Head(workspace.partnership.partnership, seal.number, seal.hash, seal.at)


def heads_in(text: str) -> Iterator[Head]:
    """The heads in a text, such as a file to which one is added each day or a mail with one in it."""
    for number, office, hashed, at in _HEAD.findall(text):
        yield Head(office, int(number), hashed, at)


def broken(workspace: Workspace, heads: Iterable[Head]) -> Iterator[str]:
    """Of which of these heads today's history is no continuation, in words."""
    try:
        seals = {seal.number: seal for seal in workspace.store.seals()}
    except StoreUnavailable as error:
        yield f"the seals cannot be read: {error}"
        return
    for head in heads:
        known = seals.get(head.seals)
        if known is None:
            yield (
                f"the head of {head.at} has {head.seals} seals, and {len(seals)} are here: what was recorded since was"
                " cut off, or this is an older copy of the database"
            )
        elif known.hash != head.hash:
            yield (
                f"seal {head.seals} is another than on {head.at}: something that was recorded before was changed, put"
                " in or taken out, and the chain made anew"
            )


def settings_of(workspace: Workspace) -> str:
    """A hash of what chases are reckoned from besides the cases: every calendar, and the office's sending time."""
    calendars = workspace.calendars
    closed = tuple((name, frozenset(calendars[name].closed)) for name in calendars)
    return _hash_of(closed, workspace.partnership.send_at)


@lru_cache(maxsize=64)  # a sweep seals each time it runs, and the days are the same for weeks
def _hash_of(closed: tuple[tuple[str, frozenset[date]], ...], send_at: time) -> str:
    written = {name: sorted(day.isoformat() for day in days) for name, days in closed}
    content = json.dumps([written, send_at.isoformat()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
