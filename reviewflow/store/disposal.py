"""Cases whose file was destroyed: taken out, and a certificate kept."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy import insert as insert_into

from reviewflow.store.database import Database
from reviewflow.store.drivers.sql import Step, given, name_of
from reviewflow.store.errors import Duplicate, Gone
from reviewflow.store.people import Keys
from reviewflow.store.records import CaseRow, Destroyed
from reviewflow.store.tables import (
    ATTEMPTS,
    CASES,
    DESTROYED,
    ENCLOSURES,
    EVENTS,
    ITEMS,
    JOBS,
    LETTERS,
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
DESTROY = (
    delete(ATTEMPTS).where(attempts.notice.in_(_OF_CASE)),
    delete(ENCLOSURES).where(enclosures.notice.in_(_OF_CASE)),
    delete(NOTICES).where(notices.case_id == given("case")),
    delete(JOBS).where(jobs.case_id == given("case")),
    delete(ITEMS).where(items.case_id == given("case")),
    delete(EVENTS).where(events.case_id == given("case")),
)
FORGET_CASE = delete(CASES).where(cases.id == given("case"))
FORGET_LETTERS = delete(LETTERS).where(~select(enclosures.notice).where(enclosures.letter == letters.number).exists())
"""Those of which nothing is left, with the mailboxes that they went to."""
MARK = insert_into(DESTROYED).from_select(
    ["reference", "at", "by", "certificate"],
    select(cases.reference, given("at"), given("key"), given("certificate")).where(
        cases.reference == given("of"), cases.number == given("loaded")
    ),
)
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


class Disposal(Database):
    """The destruction of a case's file."""

    def mark_destroyed(self, case: CaseRow, destroyed: Destroyed) -> bool:
        """Keep the certificate of a case that is to be destroyed. False when something was recorded in it since.

        Of two who destroy it at the same moment the first one's certificate stands, and both go on.
        """

        def build(keys: Keys) -> tuple[None, list[Step]]:
            said = {"of": case.reference, "at": destroyed.at, "certificate": destroyed.certificate}
            return None, [self._step(MARK, key=keys[destroyed.by], loaded=case.number, **said)]

        try:
            return self.people.sign((destroyed.by,), build)[1] > 0
        except Duplicate:
            return True

    def destroy(self, case: CaseRow) -> None:
        """Take out all of a case that is marked. Said again after a failure, it goes on where it stopped."""
        while not self._forgotten(case):
            pass  # somebody recorded something in it after it was emptied: that goes too
        self._commit(self._step(FORGET_LETTERS))

    def _forgotten(self, case: CaseRow) -> bool:
        self._commit(*(self._step(each, case=case.id) for each in DESTROY))
        try:
            self._commit(self._step(FORGET_CASE, case=case.id))
        except Gone:
            return False
        return True

    def destroyed(self) -> list[Destroyed]:
        return [Destroyed(*row) for row in self._select(CERTIFICATES)]
