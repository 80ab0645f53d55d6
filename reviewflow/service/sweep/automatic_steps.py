"""What automatic steps ask for: a linked case, a document, a run; what is done together. Safe to run twice, or late."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import assert_never

from reviewflow.case.model.refusal import Refused
from reviewflow.language.problem import DefinitionError
from reviewflow.london import stamp
from reviewflow.service.delivery.restoration import unsettled
from reviewflow.service.documents.case_papers import make_papers
from reviewflow.service.sweep.chase import BATCH
from reviewflow.service.sweep.settled_elsewhere import tell_what_is_settled
from reviewflow.service.sweep.sharing import carry_over
from reviewflow.service.sweep.start_linked_case import start_linked_case
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
            done += _do(workspace, job, now=now, run=run, again=boundary.again("job", key))
    boundary.end("job")
    return done


def _changes(job: Job) -> str:
    """The case in which it does something: whoever reads that it could not be done looks there."""
    return str(json.loads(job.body)["follower"]) if job.kind == JobKind.SHARE else job.reference


def _do(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None, again: str) -> bool:
    """Do it; why it is refused is kept with it, until it is tried `again`. Raises what it fails with.

    Returns whether it is done: it may wait.
    """
    try:
        return _carry_out(workspace, job, now=now, run=run)
    except (Refused, DefinitionError, UserError) as error:
        workspace.store.retry_job(job.id, next_try=again, error=str(error))
        raise


def _carry_out(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None) -> bool:
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
            return start_linked_case(workspace, job, now=now)
        case JobKind.SHARE:
            tell_what_is_settled(workspace, request["leader"], request["follower"], now=now)
            carry_over(workspace, request["leader"], request["follower"], now=now)
            workspace.store.finish_job(job.id)
        case _:
            assert_never(kind)
    return True
