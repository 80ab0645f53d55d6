"""Statements over the office's log, and the sweep's own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, literal_column, select

from reviewflow.store.statements.sql import given, name_of, stored_columns
from reviewflow.store.tables import EVENTS, LAST_DONE, NOTICES, OFFICE, PEOPLE, SWEEPS

office_log = OFFICE.c
people = PEOPLE.c

OFFICE_ROWS = (
    select(office_log.at, name_of(office_log.by), office_log.kind, office_log.body)
    .outerjoin(PEOPLE, people.key == office_log.by)
    .order_by(office_log.id)
)

LAST_DONE_ROWS = select(LAST_DONE.c.name, LAST_DONE.c.at, LAST_DONE.c.body).order_by(LAST_DONE.c.name)
LAST_RECORDED = select(func.max(EVENTS.c.recorded_at))
DATABASE_CLOCK: Select[Any] = select(literal_column("CURRENT_TIMESTAMP"))
"""Not now(): Prefect's own database code has that compiled otherwise in whatever process it is imported."""
NOTICE_COUNTS = select(NOTICES.c.status, func.count()).group_by(NOTICES.c.status).order_by(NOTICES.c.status)
LAST_GOOD_SWEEP = select(func.max(SWEEPS.c.finished)).where(SWEEPS.c.note.not_like("%parts failed%"))
LONGEST_DUE = select(func.min(NOTICES.c.next_try)).where(NOTICES.c.next_try <= given("now"))
FIRST_SWEEP_SINCE = select(SWEEPS.c.finished).where(SWEEPS.c.started >= given("since")).order_by(SWEEPS.c.id).limit(1)
LAST_SWEEP = select(*(SWEEPS.c[name] for name in stored_columns(SWEEPS))).order_by(SWEEPS.c.id.desc()).limit(1)
