"""Statements over the contacts of cases, and the letters to them that wait."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from reviewflow.store.records import TO_RELEASE
from reviewflow.store.statements.sql import fixed, given
from reviewflow.store.tables import CASES, CONTACTS, NOTICES

cases = CASES.c
contacts = CONTACTS.c
notices = NOTICES.c

CONTACT = (
    select(contacts.sealed)
    .join(CASES, cases.id == contacts.case_id)
    .where(cases.reference == given("reference"), contacts.contact == given("contact"))
)
ERASE_CONTACT = delete(CONTACTS).where(contacts.case_id == given("case"), contacts.contact == given("contact"))
RELEASE = (
    update(NOTICES)
    .where(notices.id == given("notice"), notices.status == fixed(TO_RELEASE))
    .values(status=fixed("queued"), next_try=given("now"))
)
