"""Statements that take out a case, and keep its certificate."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy import insert as insert_into

from reviewflow.store.statements.sql import given, name_of, narrowed_by
from reviewflow.store.tables import (
    ATTEMPTS,
    CASES,
    CONTACTS,
    DESTROYED,
    DIGESTS,
    DISPATCHES,
    ENCLOSURES,
    EVENTS,
    ITEMS,
    JOBS,
    LETTERS,
    LINKS,
    NOTICES,
    PEOPLE,
)

cases = CASES.c
events = EVENTS.c
items = ITEMS.c
notices = NOTICES.c
jobs = JOBS.c
letters = LETTERS.c
enclosures = ENCLOSURES.c
attempts = ATTEMPTS.c
people = PEOPLE.c
certificates = DESTROYED.c

_OF_CASE = select(notices.id).where(notices.case_id == given("case"))
EMPTY_LINKS = delete(LINKS).where(LINKS.c.case_id == given("case"))
EMPTY_ATTEMPTS = delete(ATTEMPTS).where(attempts.notice.in_(_OF_CASE))
EMPTY_ENCLOSURES = delete(ENCLOSURES).where(enclosures.notice.in_(_OF_CASE))
EMPTY_NOTICES = delete(NOTICES).where(notices.case_id == given("case"))
EMPTY_CONTACTS = delete(CONTACTS).where(CONTACTS.c.case_id == given("case"))
EMPTY_JOBS = delete(JOBS).where(jobs.case_id == given("case"))
EMPTY_ITEMS = delete(ITEMS).where(items.case_id == given("case"))
EMPTY_EVENTS = delete(EVENTS).where(events.case_id == given("case"))
FORGET_CASE = delete(CASES).where(cases.id == given("case"))
FORGET_LETTERS = delete(LETTERS).where(
    ~select(enclosures.notice).where(enclosures.letter == letters.number).exists(),
    ~select(DIGESTS.c.key).where(DIGESTS.c.letter == letters.number).exists(),
)
"""Letters without a notice or a digest left, with the addresses that they went to."""
FORGET_TEXTS = (
    update(DISPATCHES)
    .where(~select(letters.number).where(letters.number == DISPATCHES.c.letter).exists())
    .values(salt=None)
)
"""That a letter went stays; what it said can no longer be guessed."""
MARK = insert_into(DESTROYED).from_select(
    ["reference", "at", "by", "certificate"],
    select(cases.reference, given("at"), given("key"), given("certificate")).where(
        cases.reference == given("of"), cases.number == given("loaded")
    ),
)
DESTROYED_AT = narrowed_by(select(certificates.at), certificates.reference)
IS_DESTROYED = narrowed_by(select(certificates.reference), certificates.reference)
CERTIFICATES = (
    select(
        certificates.reference,
        certificates.at,
        name_of(certificates.by),
        certificates.certificate,
        func.coalesce(people.key, ""),
    )
    .outerjoin(PEOPLE, people.key == certificates.by)
    .order_by(certificates.reference)
)
