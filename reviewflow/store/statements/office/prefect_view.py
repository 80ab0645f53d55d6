"""Statements about how far Prefect's view has come."""

from __future__ import annotations

from sqlalchemy import Integer, literal_column, select, update

from reviewflow.store.statements.sql import given
from reviewflow.store.tables import CASES

cases = CASES.c
_OWED = literal_column("0", Integer)
"""In the statement's own text, so that the planner can match a partial index."""

UNMIRRORED = (
    select(cases.reference, cases.number).where(cases.mirrored == _OWED).order_by(cases.id).limit(given("limit"))
)
MIRRORED = (
    update(CASES)
    .where(cases.reference == given("shown_case"), cases.number == given("shown"))
    .values(mirrored=given("shown"))
)
