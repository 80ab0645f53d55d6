"""Once a day: warn of time limits that have become late, or will be met after all."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.plan.plan import Plan
from reviewflow.london import LONDON, stamp
from reviewflow.service.commands.bulk import follow_calendars
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.workspace.workspace import Workspace


def look_ahead(workspace: Workspace, *, now: datetime) -> int:
    """Warn of what has become late, or will be met after all, because a day has passed; returns in how many cases.

    Due days are counted anew first when the calendars have changed. Done once a day, by the first sweep after the
    office's sending time; twice does no harm, because nothing is said again that was said before.
    """
    follow_calendars(workspace, by=SWEEP, now=now)
    today = now.astimezone(LONDON).date()
    begins = stamp(datetime.combine(today, workspace.partnership.send_at, LONDON))
    last = workspace.store.last_sweep()
    if stamp(now) < begins or (last is not None and last.started >= begins):
        return 0
    watched = [row for row in workspace.store.cases("open") if _is_watched(workspace.plan(row.definition))]
    outcomes = (carry_out(workspace, row.reference, c.LookAhead(), by=SWEEP, now=now) for row in watched)
    return sum(bool(outcome.events) for outcome in outcomes)


def _is_watched(plan: Plan) -> bool:
    return any(limit.when_late is not None for limit in plan.limits.values())
