"""Whether this machine's clock can be believed.

A sweep far from the last one would chase for days that never were; a fact recorded before it would let a history run
backwards.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
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


def refuse_wrong_moment(workspace: Workspace, now: datetime, *, was_told: bool) -> None:
    """Before a fact is recorded at `now`, which is the clock's unless somebody told another (`was_told`).

    Raises UserError for another moment in an office whose messages go out, and for a clock before the last sweep.
    """
    if was_told:
        if delivery_mode(workspace, {}).switched is not Mode.TEST:
            raise UserError(
                "Messages of this office really go out, so nothing is recorded as if it were another day (--now). "
                "Nothing was changed. Say on which day it was done with --on, or rehearse in another database."
            )
        return
    last = workspace.store.last_sweep()
    if last is None or now >= (swept := datetime.fromisoformat(last.finished)) - NEAR:
        return
    raise UserError(
        f"This machine's clock says {moment_words(now)}, which is before the last sweep ({moment_words(swept)}): the "
        "history would run backwards. Nothing was changed. Set the clock right; if it is right, as another day was "
        "rehearsed in this database, say once: reviewflow sweep --yes-it-is"
    )


def _apart(time: timedelta) -> str:
    return counted(time.days, "day") if time.days else counted(time.seconds // 3600, "hour")
