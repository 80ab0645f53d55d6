"""Sign-ins with a wrong name or password at the proxy: how many, and neither what was typed nor by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

FAILED = "sign-ins failed at the proxy"
BY = "the proxy"
ONCE_IN = timedelta(minutes=15)
MORE = 2
"""Twice the number of the line before is written down at once: a storm shows, and cannot fill the log."""
DAY = timedelta(days=1)


@dataclass
class FailedSignIns:
    """Counts, and writes a line into the office's log now and then. For one process and, at a time, one thread."""

    unwritten: int = 0

    def count(self, workspace: Workspace, *, now: datetime) -> None:
        """One more; a line says how many there were since the line before."""
        self.unwritten += 1
        last = next(reversed(workspace.store.noted(FAILED)), None)
        if last is None or now - read_stamp(last.at) >= ONCE_IN or self.unwritten >= MORE * int(last.body):
            workspace.store.note(LogEntry(stamp(now), BY, FAILED, str(self.unwritten)))
            self.unwritten = 0


def failed_within_a_day(workspace: Workspace, *, now: datetime) -> int:
    """How many are written down of the last 24 hours; a few of the last minutes may be missing."""
    lines = workspace.store.noted(FAILED)
    return sum(int(line.body) for line in lines if read_stamp(line.at) > now - DAY)
