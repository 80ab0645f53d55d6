"""What was delegated until a day that is over goes back to its owner, and what begins on its day begins: once a day."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.snapshot import load
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.workspace import Workspace

DELEGATED = ('"delegated"', '"to_delegate"')
"""What stands in the stored state of a case in which something is delegated, or will be."""


def end_delegations(workspace: Workspace, *, now: datetime) -> int:
    """Returns in how many open cases something went back, or began."""
    boundary, ended = Boundary(workspace, "delegations", now), 0
    for row in workspace.store.cases():
        if not any(word in row.state for word in DELEGATED):
            continue
        case, today = load(row.reference, row.state), london_day(now)
        is_over = any(given.until is not None and given.until < today for given in case.delegated.values())
        if is_over or any(given.since <= today for given in case.to_delegate.values()):
            with boundary.around("case", plain(row.reference)):
                ended += bool(carry_out(workspace, row.reference, c.EndDelegations(), by=SWEEP, now=now).events)
    return ended
