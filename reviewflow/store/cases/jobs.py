"""What automatic steps ask for, until it is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from reviewflow.store.database import Database
from reviewflow.store.drivers.sql import given
from reviewflow.store.records import Job, JobKind
from reviewflow.store.tables import CASES, JOBS

cases = CASES.c
jobs = JOBS.c

DUE_JOBS = (
    select(jobs.id, cases.reference, jobs.item, jobs.kind, jobs.body, jobs.tries, jobs.next_try, jobs.error)
    .join(CASES, cases.id == jobs.case_id)
    .where(jobs.next_try <= given("now"))
    .order_by(jobs.next_try, jobs.id)
    .limit(given("limit"))
)
RETRY_JOB = (
    update(JOBS)
    .where(jobs.id == given("job"))
    .values(tries=jobs.tries + 1, next_try=given("later"), error=given("reason"))
)
FINISH_JOB = delete(JOBS).where(jobs.id == given("job"))


class Jobs(Database):
    """Automatic steps that wait to be carried out."""

    def due_jobs(self, now: str, limit: int) -> list[Job]:
        return [_job(*row) for row in self._select(DUE_JOBS, now=now, limit=limit)]

    def retry_job(self, job: int, *, next_try: str, error: str) -> None:
        self._commit(self._step(RETRY_JOB, job=job, later=next_try, reason=error))

    def finish_job(self, job: int) -> None:
        self._commit(self._step(FINISH_JOB, job=job))


def _job(number: int, reference: str, item: str, kind: str, *rest: Any) -> Job:
    """A row as a job; raises ValueError for a kind that this program does not know."""
    return Job(number, reference, item, JobKind(kind), *rest)
