"""The sweep: fire the rungs that are due, open the cases that automatic steps ask for. Safe twice, late or at once."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from reviewflow.case import commands as c
from reviewflow.case.refusal import Refused
from reviewflow.language.problem import DefinitionError
from reviewflow.service.cases import carry_out, open_case
from reviewflow.service.effects import stamp
from reviewflow.service.errors import UserError
from reviewflow.service.office import Office
from reviewflow.store.records import Job

SWEEP = "the sweep"
BATCH = 500
JOB_AGAIN = timedelta(hours=1)


def fire(office: Office, *, now: datetime) -> int:
    """Promise the message of every rung that has fallen due; returns how many items were chased.

    Costs what is due: the store is asked for due items only, oldest first, a transaction each.
    """
    fired, seen = 0, set[tuple[str, str]]()
    while True:
        due = [each for each in office.store.due_items(stamp(now), BATCH) if each not in seen]
        if not due:
            return fired
        for reference, item in due:
            command = c.Chase(item, office.partnership.send_at)
            fired += bool(carry_out(office, reference, command, by=SWEEP, now=now).events)
        seen.update(due)


def run_automatic_steps(office: Office, *, now: datetime) -> int:
    """Open the linked cases that are asked for; returns how many. One that is refused is tried again in an hour."""
    done = 0
    for job in office.store.due_jobs(stamp(now), BATCH):
        try:
            _start(office, job, now=now)
        except (Refused, DefinitionError, UserError) as error:
            office.store.retry_job(job.id, next_try=stamp(now + JOB_AGAIN), error=str(error))
        else:
            done += 1
    return done


def _start(office: Office, job: Job, *, now: datetime) -> None:
    """Open the child once (its key is the parent's item) and tell the parent; a repeat after a crash does no harm."""
    wanted = json.loads(job.body)
    key = f"{job.reference}/{job.item}"
    command = c.Open(
        {name: date.fromisoformat(day) for name, day in wanted["dates"].items()},
        tuple(wanted["agencies"]),
        job.reference,
    )
    child = open_case(office, wanted["process"], command, by=SWEEP, now=now, key=key).case.reference
    carry_out(office, job.reference, c.RecordStarted(job.item, child), by=SWEEP, now=now, done_job=job.id)
