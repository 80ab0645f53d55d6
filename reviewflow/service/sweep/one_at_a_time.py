"""One sweep at a time: a second that begins meanwhile says so and ends, because the first does all that is due.

Two at once would do no harm. It is for the sake of whoever reads what they did, and of the machine.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Lease
from reviewflow.text import moment_words

LONGEST = timedelta(minutes=20)
"""After this a sweep that has not ended is taken for one that was killed."""
NAME = "sweep"


def begin(workspace: Workspace, holder: str, *, now: datetime) -> str:
    """'' when this is the one sweep at work from now on, else in words that another is. `now` is the clock's."""
    other = workspace.store.take_lease(NAME, holder, stamp(now), stamp(now + LONGEST))
    return _words(other) if other else ""


def end(workspace: Workspace, holder: str) -> None:
    """Let the next begin at once."""
    workspace.store.end_lease(NAME, holder)


@contextmanager
def one_at_a_time(workspace: Workspace, *, clock: Callable[[], datetime]) -> Iterator[str]:
    """As `begin`, for as long as the block lasts."""
    holder = secrets.token_hex(8)
    other = begin(workspace, holder, now=clock())
    try:
        yield other
    finally:
        if not other:
            end(workspace, holder)


def _words(other: Lease) -> str:
    since, until = moment_words(read_stamp(other.since)), moment_words(read_stamp(other.until))
    return (
        f"Another sweep has been at work since {since} and does what is due, so this one ends. "
        f"If that one was killed, the next can begin {until}."
    )
