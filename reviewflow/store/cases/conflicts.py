"""Two who write to one case at the same moment, kept apart: one is recorded, the other is told to begin anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reviewflow.store.cases.changes import appending, opening
from reviewflow.store.database import Database
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, Duplicate, Gone
from reviewflow.store.records import CaseRow, Change, NewCase


class CaseWriters(Database):
    """What writes to cases: each change counts on the number of the event that it was decided after."""

    def create(self, new: NewCase, build: Callable[[str], Change]) -> CaseRow:
        """Open a case under the next free number; the loser of a race takes the number after it.

        `build` returns what opening the case under a reference stores. For a key that was used before, the case that
        it opened is returned and nothing is stored.
        """
        taken = 0
        while True:
            [(opened, last, last_id)] = self._select("NEXT_CASE", key=new.key, series=new.prefix)
            if opened is not None:
                return self._opened(opened)
            serial = max(last or 0, taken) + 1
            reference = new.prefix.replace("{number}", f"{serial:03d}")
            if self._select("IS_DESTROYED", reference=reference):
                taken = serial  # what a certificate names is no other case, for ever
                continue
            case = CaseRow((last_id or 0) + 1, reference, new.process, new.definition, "", 0, reference, "")
            change = build(reference)
            try:
                [after] = self.people.commit([change], partial(opening, self.driver.dialect, case, new, serial))
            except Duplicate:
                taken = serial
            else:
                return after

    def is_opened(self, key: str) -> bool:
        """Whether a case was opened under this key."""
        [(opened, *_)] = self._select("NEXT_CASE", key=key, series="")
        return opened is not None

    def load(self, reference: str) -> CaseRow | None:
        """A case by its exact reference; None when there is none."""
        rows = self._select("LOAD", reference=reference)
        return CaseRow(*rows[0]) if rows else None

    def append(self, change: Change) -> CaseRow:
        """Commit what a command decided; returns the case after it.

        Raises CaseConflict when somebody else wrote to the case since it was loaded or it was destroyed, and
        AlreadyRecorded for a key that was used before; then nothing is changed, in the other cases it tells neither.
        """
        together = sorted((change, *change.others), key=lambda part: part.case.id)  # in one order, against deadlock
        try:
            rows = self.people.commit(together, partial(appending, self.driver.dialect))
        except Duplicate as lost:
            reference = change.case.reference
            if lost.of_key:
                raise AlreadyRecorded(f"{reference}: this was recorded before") from lost
            raise CaseConflict(f"{reference}: somebody else recorded something at the same moment") from lost
        except Gone as lost:
            raise CaseConflict(f"{change.case.reference}: it was destroyed at the same moment") from lost
        return next(row for row in rows if row.id == change.case.id)

    def append_together(self, changes: Sequence[Change]) -> list[CaseRow] | None:
        """Commit changes of different cases at once; returns the cases after them, in their order.

        None, with nothing changed, when one of them conflicts.

        Pass them in the order of `load_these`, so that two who do the same cannot deadlock.
        """
        try:
            return self.people.commit(changes, partial(appending, self.driver.dialect))
        except (Duplicate, Gone):
            return None

    def recorded(self, case: CaseRow, key: str) -> int | None:
        """The number of the first event of the command with this key; None when there was none."""
        rows = self._select("RECORDED", case_id=case.id, key=key)
        return rows[0][0] if rows else None

    def _opened(self, reference: str) -> CaseRow:
        case = self.load(reference)
        assert case is not None
        return case
