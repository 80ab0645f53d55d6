"""Once a day: record how the word for each time limit has turned, and warn of those that have been in danger for a day.

Only cases are looked at in which something is overdue, has no day, or happened lately; in all others a day that passes
changes nothing of what is foreseen. All are when past cases tell of other usual lengths, which are
worked out once a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.london import LONDON, london_day, read_stamp, stamp
from reviewflow.service.commands.bulk import follow_calendars
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.sweep.seldom.delegations import end_delegations
from reviewflow.service.sweep.seldom.usual_lengths import renew_lengths
from reviewflow.service.sweep.share import WHOLE, Share
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.past_cases import LENGTHS
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

STANDS = timedelta(days=2)
"""So long before the last sweep something happened at most that is still to be looked at: a word stands for a day."""


def count_anew(workspace: Workspace, *, now: datetime) -> int:
    """Before the look ahead: count due days anew where the calendars have changed, and what past cases tell.

    What was delegated until a day that is over goes back.

    Returns in how many cases a day moved.
    """
    moved = len(follow_calendars(workspace, by=SWEEP, now=now))
    if _is_first_of_day(workspace, now):
        renew_lengths(workspace, now=now)
        end_delegations(workspace, now=now)
    return moved


def look_ahead(workspace: Workspace, *, now: datetime, shares: Sequence[Share] = (WHOLE,)) -> int:
    """Warn of what has become late, or will be met after all, because a day has passed; returns in how many cases.

    Done once a day, by the first sweep after the office's sending time; twice does no harm, because nothing is said
    again that was said before. `shares` are those of all cases that nobody else looks at.
    """
    boundary = Boundary(workspace, "look ahead", now)
    if not _is_first_of_day(workspace, now):
        again = {reference: row for reference in boundary.waiting("case") if (row := workspace.store.load(reference))}
        return sum(_look_ahead(workspace, boundary, row, now=now) for row in again.values())
    today, since = london_day(now), _since(workspace)
    rows = [row for share in shares for row in workspace.store.may_look_otherwise(today, since, share.number, share.of)]
    trying = [row for row in rows if boundary.may_try("case", plain(row.reference))]
    seen = sum(_look_ahead(workspace, boundary, row, now=now) for row in trying)
    if WHOLE in shares:  # of another share's trouble this one knows nothing
        boundary.end("case")
    return seen


def _is_first_of_day(workspace: Workspace, now: datetime) -> bool:
    begins = stamp(datetime.combine(london_day(now), workspace.partnership.send_at, LONDON))
    last = workspace.store.last_sweep()
    return stamp(now) >= begins and (last is None or last.started < begins)


def _since(workspace: Workspace) -> str:
    """What happened from then on is to be looked at; all when past cases were asked anew since the last sweep."""
    last, asked = workspace.store.last_sweep(), workspace.store.last_done().get(LENGTHS)
    if last is None or (asked is not None and asked.at > last.started):
        return ""
    return stamp(read_stamp(last.started) - STANDS)


def _look_ahead(workspace: Workspace, boundary: Boundary, row: CaseRow, *, now: datetime) -> bool:
    events: tuple[e.Event, ...] = ()
    with boundary.around("case", plain(row.reference)):
        if any(limit.when_late is not None for limit in workspace.plan(row.definition).limits.values()):
            events = carry_out(workspace, row.reference, c.LookAhead(), by=SWEEP, now=now, row=row).events
    return bool(events)
