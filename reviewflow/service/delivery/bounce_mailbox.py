"""How it stands with the mailbox that mail comes back to: kept in the office's log when it changes, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from reviewflow.london import london_day, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

KIND = "mail that comes back"
WELL = "All of it is dealt with"
BY = "the sweep"


def note_bounce_mailbox(workspace: Workspace, words: str, *, now: datetime) -> None:
    """Written down when it is another than before. A mailbox that comes and goes fills no log: it is well again a day
    later at the earliest.
    """
    last = _last(workspace)
    if words == (last.body if last else WELL):
        return
    if words == WELL and last and _day(last) == london_day(now):
        return
    workspace.store.note(LogEntry(stamp(now), BY, KIND, words))


def bounce_mailbox_trouble(workspace: Workspace, *, since: date) -> Iterator[str]:
    """A sentence when somebody must look after that mailbox, written since that day."""
    last = _last(workspace)
    if last and last.body != WELL and _day(last) >= since:
        yield f"{last.body}."


def _last(workspace: Workspace) -> LogEntry | None:
    return next(reversed(workspace.store.noted(KIND)), None)


def _day(entry: LogEntry) -> date:
    return london_day(datetime.fromisoformat(entry.at))
