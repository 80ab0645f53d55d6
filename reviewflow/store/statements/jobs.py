"""Statements over what automatic steps ask for."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from reviewflow.store.statements.sql import given
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
