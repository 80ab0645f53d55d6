"""Whether this machine's clock can be believed: a sweep far from the last one would chase for days that never were."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, moment_words

FAR = timedelta(days=14)
"""A server is not off for so long without somebody's knowing; the choice is ours."""
NEAR = timedelta(hours=1)
"""Clocks of several machines differ, and are set right, by less."""


def clock_doubt(workspace: Workspace, now: datetime) -> str:
    """Why no sweep should run at `now`, as sentences for people; '' when nothing speaks against it."""
    last = workspace.store.last_sweep()
    if last is None:
        return ""
    swept = datetime.fromisoformat(last.finished)
    if swept - NEAR <= now <= swept + FAR:
        return ""
    side = "later" if now > swept else "earlier"
    return (
        f"This machine's clock says {moment_words(now)}. That is {_apart(abs(now - swept))} {side} than the last sweep "
        f"({moment_words(swept)}), so nobody was chased and nothing was sent. If the clock is wrong, set it right. "
        "If it is right, say once: reviewflow sweep --yes-it-is"
    )


def _apart(time: timedelta) -> str:
    return counted(time.days, "day") if time.days else counted(time.seconds // 3600, "hour")
