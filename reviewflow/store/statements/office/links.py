"""Statements about the addresses at which a mailbox answers."""

from __future__ import annotations

from sqlalchemy import select, update

from reviewflow.store.statements.cases import CASE
from reviewflow.store.statements.sql import given
from reviewflow.store.tables import CASES, LETTERS, LINKS

cases = CASES.c
letters = LETTERS.c
links = LINKS.c

FIND_LINK = (
    select(
        *CASE,
        *(links.item, links.round, links.recipient, letters.address),
        *(links.letter, links.until, links.withdrawn),
    )
    .join(CASES, cases.id == links.case_id)
    .join(LETTERS, letters.number == links.letter)
    .where(links.hash == given("hash"))
)
WITHDRAW_LINKS = (
    update(LINKS)
    .where(
        links.withdrawn.is_(None),
        links.letter.in_(select(letters.number).where(letters.address == given("mailbox"))),
    )
    .values(withdrawn=given("now"))
)
"""Every address that this mailbox has in its letters."""
