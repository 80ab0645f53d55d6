"""What could not be done, until it is; and who is at work, so that two do not do the same."""

from __future__ import annotations

from dataclasses import astuple

from reviewflow.store.database import Database
from reviewflow.store.errors import Duplicate
from reviewflow.store.prepared import insert
from reviewflow.store.records import Lease, Trouble


class Troubles(Database):
    """One row for each place at which something failed."""

    def troubles(self) -> list[Trouble]:
        """Every trouble, that which stands longest first."""
        return [Trouble(*row) for row in self._select("TROUBLE_ROWS")]

    def note_trouble(self, trouble: Trouble) -> None:
        """Keep a trouble, in place of what was kept of the same place before."""
        self._commit(insert(self.driver.dialect, "trouble", [astuple(trouble)]))

    def clear_trouble(self, trouble: Trouble) -> None:
        """Forget what was kept of this place."""
        self._commit(self._step("CLEAR_TROUBLE", part=trouble.part, kind=trouble.kind, key=trouble.key))

    def take_lease(self, name: str, holder: str, now: str, later: str) -> Lease | None:
        """Be the one who is at work until `later`; else the lease of whoever is, when their time is not over."""
        if self._commit(self._step("TAKE_LEASE", name=name, holder=holder, now=now, later=later)):
            return None
        try:
            self._commit(insert(self.driver.dialect, "leases", [(name, holder, now, later)]))
        except Duplicate:
            rows = self._select("LEASE", name=name)
            return Lease(*rows[0]) if rows else self.take_lease(name, holder, now, later)
        return None

    def end_lease(self, name: str, holder: str) -> None:
        """Be no longer at work."""
        self._commit(self._step("END_LEASE", name=name, holder=holder))
