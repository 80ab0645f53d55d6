"""Cases whose file is destroyed: all rows taken out, a certificate kept."""

from __future__ import annotations

from reviewflow.store.database import Database
from reviewflow.store.drivers.steps import Step
from reviewflow.store.errors import Duplicate, Gone
from reviewflow.store.people import Keys
from reviewflow.store.records import CaseRow, Destroyed

EMPTY = tuple(
    f"EMPTY_{table}" for table in ("LINKS", "ATTEMPTS", "ENCLOSURES", "NOTICES", "CONTACTS", "JOBS", "ITEMS", "EVENTS")
)
"""What takes out all that hangs on a case, in an order that the foreign keys allow."""


class Disposal(Database):
    """The destruction of a case's file."""

    def mark_destroyed(self, case: CaseRow, destroyed: Destroyed) -> bool:
        """Keep the certificate of a case that is to be destroyed; False when something was recorded in it since.

        Of two who destroy it at the same moment the first certificate stands, and both may go on.
        """

        def build(keys: Keys) -> tuple[None, list[Step]]:
            certificate = {"of": case.reference, "at": destroyed.at, "certificate": destroyed.certificate}
            return None, [self._step("MARK", key=keys[destroyed.by], loaded=case.number, **certificate)]

        try:
            return self.people.sign((destroyed.by,), build)[1] > 0
        except Duplicate:
            return True

    def destroy(self, case: CaseRow) -> None:
        """Take out every row of a case that is marked. Repeated after a failure, it goes on where it stopped."""
        while not self._is_taken_out(case):
            pass  # somebody recorded something in it after it was emptied: that goes too
        self._commit(self._step("FORGET_LETTERS"))
        self._commit(self._step("FORGET_TEXTS"))

    def _is_taken_out(self, case: CaseRow) -> bool:
        self._commit(*(self._step(statement, case=case.id) for statement in EMPTY))
        try:
            self._commit(self._step("FORGET_CASE", case=case.id))
        except Gone:
            return False
        return True

    def destroyed_at(self, reference: str) -> str | None:
        """The moment at which a case was destroyed; None when none with this reference was."""
        rows = self._select("DESTROYED_AT", reference=reference)
        return rows[0][0] if rows else None

    def destroyed(self) -> list[Destroyed]:
        """Every certificate, by reference."""
        return [Destroyed(*row) for row in self._select("CERTIFICATES")]
