"""Whoever is above an owner hears of late work a working day after the owner's own letter about it has left.

`rules.timing.told` holds back what is written too early; this holds back what was written in time and waited with the
owner's own letter, as when the mail server was down for a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.ladder_of_item import in_hours
from reviewflow.case.rules.timing.told import OWN, Told, is_after_noon, may_escalate_from, waits_for_owner
from reviewflow.london import london_day, read_stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice

OWNER_FIRST = "The letter to its owner goes first; this goes when the owner had a working day."


def too_early(workspace: Workspace, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """Those of these claimed notices that must wait: they escalate work whose owner has no letter of a day before."""
    early = []
    for notice in notices:
        with workspace.aside(notice.reference):
            if not notice.urgent and _is_too_early(workspace, notice, now):
                early.append(notice)
    return early


def _is_too_early(workspace: Workspace, notice: Notice, now: datetime) -> bool:
    row = workspace.store.load(notice.reference)
    if row is None:
        return False
    plan, case = workspace.plan(row.definition), load(row.reference, row.state)
    if not _escalates(plan, case, notice):
        return False
    own = set(recipients(OWN, plan, case, notice.item))
    about = [other for other in workspace.store.notices(notice.reference) if other.item == notice.item]
    return _owner_waits(workspace, [other for other in about if other.recipient in own], now)


def _escalates(plan: Plan, case: Case, notice: Notice) -> bool:
    """Whether it is a rung of a step's ladder, to somebody above its owner, that waits for the owner."""
    step = step_of(notice.item)
    ladder = plan.ladder(step) if step in plan.steps and notice.item in case.items else None
    if ladder is None or not waits_for_owner(plan, case, notice.item):
        return False
    rungs = [rung for rung in ladder.rungs if rung.message == notice.message]
    if not rungs or any(in_hours(rung) for rung in rungs):
        return False
    return notice.recipient not in recipients(OWN, plan, case, notice.item)


def _owner_waits(workspace: Workspace, to_owner: Sequence[Notice], now: datetime) -> bool:
    """Whether what was written to the owner waits to be sent, or the first of it left less than a working day ago."""
    left = sorted(read_stamp(notice.sent_at) for notice in to_owner if notice.status == "sent" and notice.sent_at)
    if not left:
        return any(notice.status in {"queued", "sending"} for notice in to_owner)
    told = Told(london_day(left[0]), after_noon=is_after_noon(left[0]))
    return london_day(now) < may_escalate_from(told, workspace.calendars)
