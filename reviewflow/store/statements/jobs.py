"""Statements over what automatic steps ask for."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy import insert as insert_into

from reviewflow.store.statements.sql import given
from reviewflow.store.tables import CASES, DONE_JOBS, JOBS

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
LOG_JOB = insert_into(DONE_JOBS).from_select(
    ["job", "case_id", "item", "kind"],
    select(jobs.id, jobs.case_id, jobs.item, jobs.kind).where(jobs.id == given("job")),
)
FINISH_JOB = delete(JOBS).where(jobs.id == given("job"))
