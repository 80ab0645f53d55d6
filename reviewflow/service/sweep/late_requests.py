"""Requests that could not leave for more than a working day: written anew, so that nobody is asked too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.trouble.boundary import Boundary, item_key
from reviewflow.service.workspace.workspace import Workspace

A_DAY = timedelta(days=1)


def ask_anew(workspace: Workspace, *, now: datetime) -> int:
    """Have each request written anew whose answer is silence and that still waits; returns how many were.

    Its cost follows what waits in the outbox since yesterday or longer: nothing on most days.
    """
    boundary = Boundary(workspace, "late requests", now)
    anew = 0
    for reference, item in dict.fromkeys(workspace.store.waits_since(stamp(now - A_DAY))):
        place = ("item", item_key(boundary.partnership, reference, item))
        if boundary.may_try(*place):
            with boundary.around(*place):
                anew += _ask_anew(workspace, reference, item, now=now)
    boundary.end("item")
    return anew


def _ask_anew(workspace: Workspace, reference: str, item: str, *, now: datetime) -> bool:
    plan = workspace.plan(find(workspace, reference).definition)
    step = plan.steps.get(step_of(item))
    if step is None or step.send is None or step_of(item) not in plan.asks_for_silence:
        return False
    return bool(carry_out(workspace, reference, c.AskAnew(item), by=SWEEP, now=now).events)
