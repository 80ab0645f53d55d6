"""Statements over what could not be done, and over who is at work."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from reviewflow.store.statements.sql import given, narrowed_by
from reviewflow.store.tables import LEASES, TROUBLE

trouble = TROUBLE.c
leases = LEASES.c

TROUBLE_ROWS = select(*trouble).order_by(trouble.since, trouble.part, trouble.kind, trouble.key)
CLEAR_TROUBLE = delete(TROUBLE).where(
    trouble.part == given("part"), trouble.kind == given("kind"), trouble.key == given("key")
)
LEASE = narrowed_by(select(leases.holder, leases.since, leases.until), leases.name)
TAKE_LEASE = (
    update(LEASES)
    .where(leases.name == given("name"), or_(leases.until <= given("now"), leases.holder == given("holder")))
    .values(holder=given("holder"), since=given("now"), until=given("later"))
)
"""For whoever has it already, and for anybody once its time is over."""
END_LEASE = delete(LEASES).where(leases.name == given("name"), leases.holder == given("holder"))
