"""Statements about how far Prefect's view has come."""

from __future__ import annotations

from sqlalchemy import select, update

from reviewflow.store.statements.sql import given
from reviewflow.store.tables import CASES

cases = CASES.c

UNMIRRORED = (
    select(cases.reference, cases.number).where(cases.number > cases.mirrored).order_by(cases.id).limit(given("limit"))
)
MIRRORED = (
    update(CASES)
    .where(cases.reference == given("shown_case"), cases.mirrored < given("shown"))
    .values(mirrored=given("shown"))
)
