"""What was delegated until a day that is over goes back to its owner, once a day."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.snapshot import load
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.workspace import Workspace

DELEGATED = '"delegated"'
"""What stands in the stored state of a case in which something is delegated."""


def end_delegations(workspace: Workspace, *, now: datetime) -> int:
    """Returns in how many open cases something went back."""
    boundary, ended = Boundary(workspace, "delegations", now), 0
    for row in workspace.store.cases():
        if DELEGATED not in row.state:
            continue
        given = load(row.reference, row.state).delegated.values()
        if any(delegation.until < london_day(now) for delegation in given):
            with boundary.around("case", plain(row.reference)):
                ended += bool(carry_out(workspace, row.reference, c.EndDelegations(), by=SWEEP, now=now).events)
    return ended
