"""What a sweep did, kept so that anybody can see when the last one was."""

from __future__ import annotations

from datetime import datetime

from reviewflow.london import LONDON, stamp
from reviewflow.service.records.audit_heads import seal
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Sweep
from reviewflow.text import counted, day_words


def record_sweep(
    workspace: Workspace, during: tuple[datetime, datetime], *, chased: int, sent: int, failed: int, note: str
) -> None:
    """Keep when a sweep began and finished, and its counts: items chased, letters sent and not sent.

    Then all that was recorded since the last one is sealed; where that cannot be done, it is told as other trouble.
    """
    started, finished = during
    workspace.store.record_sweep(Sweep(stamp(started), stamp(finished), chased, sent, failed, note))
    with Boundary(workspace, "sweep", finished).around("part", "sealing"):
        seal(workspace, now=finished)


def last_sweep_words(workspace: Workspace) -> str:
    """When the last sweep was and what it did, as a sentence for people."""
    last = workspace.store.last_sweep()
    if last is None:
        return "No sweep has run yet: nobody is being chased. Start one with: reviewflow serve"
    ended = datetime.fromisoformat(last.finished).astimezone(LONDON)
    handed = f"{counted(last.sent, 'message')} handed over{f', {last.failed} not' if last.failed else ''}"
    done = f"{last.fired} chased, {handed}"
    return f"Last sweep: {day_words(ended.date())} {ended:%H:%M}, {done}{f'; {last.note}' if last.note else ''}."
