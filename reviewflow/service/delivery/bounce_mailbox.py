"""The state of the bounce mailbox, in the office's log for people: written when it changes."""

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
    """Write the state, as a sentence without its full stop, when it is another than before.

    All is well again a day later at the earliest, so that a mailbox that fails now and then does not fill the log.
    """
    last = _last(workspace)
    if words == (last.body if last else WELL):
        return
    if words == WELL and last and _day(last) == london_day(now):
        return
    workspace.store.note(LogEntry(stamp(now), BY, KIND, words))


def bounce_mailbox_trouble(workspace: Workspace, *, since: date) -> Iterator[str]:
    """A sentence when somebody must look after the mailbox; none when all is well or the trouble is older."""
    last = _last(workspace)
    if last and last.body != WELL and _day(last) >= since:
        yield f"{last.body}."


def _last(workspace: Workspace) -> LogEntry | None:
    return next(reversed(workspace.store.noted(KIND)), None)


def _day(entry: LogEntry) -> date:
    try:
        return london_day(datetime.fromisoformat(entry.at))
    except (TypeError, ValueError):  # the entry was damaged
        return date.min
