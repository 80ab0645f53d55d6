"""Somebody who is signed in asked for what is not done, or sent what no form sends: by whom and where, not what."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

REFUSED = "signed in, and was refused at the proxy"
ONCE_IN = timedelta(minutes=1)
"""Whoever asks again and again is written down so often, so that the log cannot be filled."""


def note_refused(workspace: Workspace, user: str, path: str, *, now: datetime) -> None:
    """Write it into the office's log, unless the last such line says so of this person within the minute."""
    last = next(reversed(workspace.store.noted(REFUSED)), None)
    if last is None or last.by != user or now - read_stamp(last.at) >= ONCE_IN:
        workspace.store.note(LogEntry(stamp(now), user, REFUSED, path))
