"""What automatic steps ask for: a linked case, a document, a run; what is done together. Safe to run twice, or late."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any, assert_never

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import link_id
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CUT_SHORT, CaseStatus
from reviewflow.case.rules import edition
from reviewflow.case.rules.linked_cases import goes_without
from reviewflow.language.problem import DefinitionError
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, current, find, open_case
from reviewflow.service.delivery.restoration import unsettled
from reviewflow.service.documents.case_papers import make_papers
from reviewflow.service.sweep.chase import BATCH, SWEEP
from reviewflow.service.sweep.settled_elsewhere import tell_what_is_settled
from reviewflow.service.sweep.sharing import carry_over
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job, JobKind

Runner = Callable[[str, str, str], None]
"""Runs a Prefect deployment, given its name, the case's reference, and a key by which a repeat is known."""


def run_automatic_steps(workspace: Workspace, *, now: datetime, run: Runner | None = None) -> int:
    """Do the jobs that are due, at most one batch; returns how many were done.

    One that is refused or fails is tried again, after a pause that grows. Deployments are run by `run`; without it they
    stay in the queue, and after a restore until it is settled what went meanwhile, because they may send something too.
    """
    run = None if run is None or unsettled(workspace) else run
    boundary, done = Boundary(workspace, "automatic steps", now), 0
    for job in workspace.store.due_jobs(stamp(now), BATCH + boundary.set_aside):
        key = f"{job.id} of {plain(boundary.attempt(partial(_changes, job), job.reference))}"
        if (job.kind == JobKind.RUN and run is None) or not boundary.may_try("job", key):
            continue
        with boundary.around("job", key):
            _do(workspace, job, now=now, run=run, again=boundary.again("job", key))
            done += 1
    boundary.end("job")
    return done


def _changes(job: Job) -> str:
    """The case in which it does something: whoever reads that it could not be done looks there."""
    return str(json.loads(job.body)["follower"]) if job.kind == JobKind.SHARE else job.reference


def _do(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None, again: str) -> None:
    """Do it; why it is refused is kept with it, until it is tried `again`. Raises what it fails with."""
    try:
        _carry_out(workspace, job, now=now, run=run)
    except (Refused, DefinitionError, UserError) as error:
        workspace.store.retry_job(job.id, next_try=again, error=str(error))
        raise


def _carry_out(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None) -> None:
    request = json.loads(job.body)
    match kind := JobKind(job.kind):
        case JobKind.MAKE:
            make_papers(workspace, job.reference, job.item, request["document"], now=now)
            workspace.store.finish_job(job.id)
        case JobKind.RUN:
            assert run is not None
            run(request["deployment"], job.reference, f"{job.reference}/{job.item}/{job.id}")
            workspace.store.finish_job(job.id)
        case JobKind.START:
            _start(workspace, job, now=now)
        case JobKind.SHARE:
            tell_what_is_settled(workspace, request["leader"], request["follower"], now=now)
            carry_over(workspace, request["leader"], request["follower"], now=now)
            workspace.store.finish_job(job.id)
        case _:
            assert_never(kind)


def _start(workspace: Workspace, job: Job, *, now: datetime) -> None:
    """Open the linked case once, its key being the item that asks, and record it; safe to repeat after a crash.

    Nothing is opened any more when somebody has skipped the step since, or reopened the case that ended so.
    """
    plan, case = workspace.plan_and_case(find(workspace, job.reference))
    request, is_ending = json.loads(job.body), job.item in plan.definition.process.endings
    nth, of = request.get("nth"), request.get("of")
    if goes_without(case, job.item, nth) or (is_ending and case.ending != job.item):
        workspace.store.finish_job(job.id)
        return
    key = f"{job.reference}/{link_id(job.item, nth)}"
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
    if not is_ending:
        _end_with_one_that_is_over(workspace, job.reference, child, now=now)
    workspace.store.finish_job(job.id)


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
