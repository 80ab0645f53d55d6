"""What automatic steps ask for: open a linked case, make a document, run a deployment. Safe twice, late or at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import assert_never

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.language.problem import DefinitionError
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.documents.case_papers import make_papers
from reviewflow.service.sweep.chase import BATCH, SWEEP
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job, JobKind

Runner = Callable[[str, str, str], None]
"""Runs a Prefect deployment, given its name, the case's reference, and a key by which a repeat is known."""


JOB_AGAIN = timedelta(hours=1)


def run_automatic_steps(workspace: Workspace, *, now: datetime, run: Runner | None = None) -> int:
    """Open the linked cases and make the documents that are asked for; returns how many things were done.

    What is refused is tried again in an hour. Deployments are run by `run`; without it they wait for who can.
    """
    done = 0
    for job in workspace.store.due_jobs(stamp(now), BATCH):
        if job.kind is JobKind.RUN and run is None:
            continue
        try:
            _carry_out(workspace, job, now=now, run=run)
        except (Refused, DefinitionError, UserError) as error:
            workspace.store.retry_job(job.id, next_try=stamp(now + JOB_AGAIN), error=str(error))
        else:
            done += 1
    return done


def _carry_out(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None) -> None:
    wanted = json.loads(job.body)
    match job.kind:
        case JobKind.MAKE:
            make_papers(workspace, job.reference, job.item, wanted["document"], now=now)
            workspace.store.finish_job(job.id)
        case JobKind.RUN:
            assert run is not None
            run(wanted["deployment"], job.reference, f"{job.reference}/{job.item}/{job.id}")
            workspace.store.finish_job(job.id)
        case JobKind.START:
            _start(workspace, job, now=now)
        case _:
            assert_never(job.kind)


def _start(workspace: Workspace, job: Job, *, now: datetime) -> None:
    """Open the child once (its key is the parent's item) and tell the parent; a repeat after a crash does no harm."""
    wanted = json.loads(job.body)
    key = f"{job.reference}/{job.item}"
    command = c.Open(
        {name: date.fromisoformat(day) for name, day in wanted["dates"].items()},
        tuple(wanted["agencies"]),
        job.reference,
    )
    child = open_case(workspace, wanted["process"], command, by=SWEEP, now=now, key=key).case.reference
    carry_out(workspace, job.reference, c.RecordStarted(job.item, child), by=SWEEP, now=now, done_job=job.id)
