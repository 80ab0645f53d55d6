"""A linked case, opened because a step or an ending asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import link_id
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus, is_open
from reviewflow.case.rules import edition
from reviewflow.case.rules.linked_cases import goes_without, round_of, start_of
from reviewflow.case.rules.rounds.following_rounds import is_held_for_its_round, owed_for_an_earlier_round
from reviewflow.service.commands.carry_out import carry_out, current, find, open_case
from reviewflow.service.commands.commit import asked_to_start
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job


def start_linked_case(workspace: Workspace, job: Job, *, now: datetime) -> bool:
    """Open the linked case once, its key being the item that asks, and record it; safe to repeat after a crash.

    Returns whether the job is done: for a round that is held it stays, with the days of that round.

    It opens with those who take part by now, and by the days as they are known by now: whoever joined, or was put in
    another's place, since it was asked for is not forgotten, and what was put right counts.
    """
    context = workspace.context(find(workspace, job.reference), now)
    request = json.loads(job.body)
    nth, of = request.get("nth"), request.get("of")
    key = f"{job.reference}/{link_id(job.item, nth)}"
    if _is_held(context.case, job.item, nth):
        return False
    is_known = start_of(context.plan, job.item) is not None
    if not is_known or not (_is_asked_still(context, job.item, nth) or workspace.store.is_opened(key)):
        workspace.store.finish_job(job.id)
        return True
    request |= _as_asked_now(context, job.item, nth)
    command = c.Open(
        {name: date.fromisoformat(day) for name, day in request["dates"].items()},
        tuple(request["agencies"]),
        job.reference,
        _times(workspace, job.reference, request),
        request.get("calendar", ""),
    )
    child = open_case(workspace, request["process"], command, by=SWEEP, now=now, key=key).case.reference
    record = c.RecordStarted(job.item, child, nth, date.fromisoformat(of) if of else None)
    carry_out(workspace, job.reference, record, by=SWEEP, now=now)
    if job.item not in context.plan.definition.process.endings:
        _end_with_one_that_is_over(workspace, job.reference, child, now=now)
    workspace.store.finish_job(job.id)
    return True


def _is_held(case: Case, item: str, nth: int | None) -> bool:
    """Whether the round for which it was asked stands still, in a case that goes on."""
    state = case.items.get(item)
    of_this_round = state is not None and nth is not None and state.nth == nth
    return state is not None and of_this_round and case.status not in CUT_SHORT and is_held_for_its_round(case, state)


def _is_asked_still(context: CaseContext, item: str, nth: int | None) -> bool:
    """Whether the case is to be opened yet.

    Not once somebody has skipped the step, sent back what leads to it, held it, taken the ending back, or ended the
    case: where it is to be opened after all, that is asked for anew.
    """
    case = context.case
    if item in context.plan.definition.process.endings:
        return case.ending == item and not goes_without(case, item, nth)
    if case.status in CUT_SHORT or goes_without(case, item, nth):
        return False
    return is_open(case, item) or round_of(case, item)[0] not in {nth, None}


def _as_asked_now(context: CaseContext, item: str, nth: int | None) -> dict[str, object]:
    """What has changed by now in what was asked for: all of it, and of an earlier round who takes part.

    A round is an earlier one also where the next has led to none: its days and answers are kept no longer.
    """
    asked = asked_to_start(context, item)
    is_the_last = asked.get("nth") == nth and not owed_for_an_earlier_round(context.plan, context.case, item)
    return asked if is_the_last else {"agencies": asked["agencies"]}


def _end_with_one_that_is_over(workspace: Workspace, reference: str, child: str, *, now: datetime) -> None:
    """Where one of the two was over before they knew of each other, the other ends with it as its file says."""
    case, started = current(workspace, reference), current(workspace, child)
    if case.status in CUT_SHORT:
        carry_out(workspace, child, c.RecordOver(reference, case.status), by=SWEEP, now=now)
    if started.status is not CaseStatus.OPEN:
        carry_out(workspace, reference, c.RecordOver(child, started.status), by=SWEEP, now=now)


def _times(workspace: Workspace, reference: str, request: Mapping[str, Any]) -> dict[str, time]:
    """The times of day that are handed over; by the first edition of rules, midnight where none is."""
    handed = {name: time.fromisoformat(clock) for name, clock in request.get("times", {}).items()}
    target = workspace.library.processes.get(request["process"])
    if target is None or edition.a_start_hands_over_times(current(workspace, reference)):
        return handed
    return dict.fromkeys((name for name in target.model.opening.times if name in request["dates"]), time()) | handed
