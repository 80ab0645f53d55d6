"""Resume was pressed on the page of a run: by whom, and whose answer it was that Prefect took."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

PRESSED = "signed in, pressed Resume on run"
BETWEEN = timedelta(seconds=60)
"""So long nobody else may answer the same form. Prefect takes an answer within a quarter of it, or not at all."""


def note_pressed(workspace: Workspace, run_id: str, user: str, *, now: datetime) -> bool:
    """Keep that `user` is answering the form of this run; False, and nothing is kept, while somebody else is.

    To be called by one process, one call at a time.
    """
    last = next(reversed(workspace.store.noted(PRESSED, run_id)), None)
    if last is not None and last.by != user and now - read_stamp(last.at) < BETWEEN:
        return False
    workspace.store.note(LogEntry(stamp(now), user, PRESSED, run_id))
    return True


def who_pressed(workspace: Workspace, run_id: str, *, by: datetime) -> str:
    """Who pressed Resume last before that moment, when Prefect took the answer; '' where no proxy knew."""
    pressed = [entry for entry in workspace.store.noted(PRESSED, run_id) if read_stamp(entry.at) <= by]
    return pressed[-1].by if pressed else ""
