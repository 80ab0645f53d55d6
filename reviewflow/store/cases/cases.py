"""Cases, their events and what is owed in them; the definitions that they are pinned to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from reviewflow.store.cases.changes import appending, opening
from reviewflow.store.database import Database
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, Duplicate, Gone
from reviewflow.store.prepared import insert
from reviewflow.store.records import CaseRow, Change, EventRow, ItemRow, NewCase

_PAGE = 200
_ENDLESS = 2**31 - 1


class Cases(Database):
    """Cases, one row each, and the events that they are the fold of."""

    def put_definition(self, digest: str, process: str, version: int, body: str, *, stored_at: str) -> None:
        row = (digest, process, version, stored_at, body)
        self.driver.commit([insert(self.driver.dialect, "definitions", [row])])

    def definition(self, digest: str) -> str | None:
        found = self._select("DEFINITION", hash=digest)
        return found[0][0] if found else None

    def definitions(self, process: str, version: int) -> list[str]:
        """Every text that cases were opened with under this version's number."""
        return [row[0] for row in self._select("BODIES", process=process, version=version)]

    def create(self, new: NewCase, build: Callable[[str], Change]) -> CaseRow:
        """Open a case under the next free number; of a race, the loser takes the number after.

        `build` is given the reference and answers what opening does. A key that was used before answers the case
        that it opened.
        """
        taken = 0
        while True:
            [(opened, last, last_id)] = self._select("NEXT_CASE", key=new.key, series=new.prefix)
            if opened is not None:
                return self._opened(opened)
            serial = max(last or 0, taken) + 1
            reference = new.prefix.replace("{number}", f"{serial:03d}")
            case = CaseRow((last_id or 0) + 1, reference, new.process, new.definition, "", 0, reference, "")
            change = build(reference)
            try:
                [after] = self.people.commit([change], partial(opening, self.driver.dialect, case, new, serial))
            except Duplicate:
                taken = serial
            else:
                return after

    def load(self, reference: str) -> CaseRow | None:
        found = self._select("LOAD", reference=reference)
        return CaseRow(*found[0]) if found else None

    def load_these(self, references: Collection[str]) -> list[CaseRow]:
        """Those of these cases that there are, in the order in which they were opened."""
        named = {f"reference_{place}": reference for place, reference in enumerate(references)}
        return [CaseRow(*row) for row in self._select(f"load_these {len(named)}", **named)]

    def append(self, change: Change) -> CaseRow:
        """Commit what a command decided; raises `CaseConflict` or `AlreadyRecorded` and then changes nothing."""
        try:
            [after] = self.people.commit([change], partial(appending, self.driver.dialect))
        except Duplicate as lost:
            reference = change.case.reference
            if lost.of_key:
                raise AlreadyRecorded(f"{reference}: this was recorded before") from lost
            raise CaseConflict(f"{reference}: somebody else recorded something at the same moment") from lost
        except Gone as lost:
            raise CaseConflict(f"{change.case.reference}: it was destroyed at the same moment") from lost
        return after

    def append_together(self, changes: Sequence[Change]) -> bool:
        """Commit changes of different cases at once. False when one of them is lost to somebody else: none is made.

        They come in the order of `load_these`, so that nobody who does the same waits for us while we wait for them.
        """
        try:
            self.people.commit(changes, partial(appending, self.driver.dialect))
        except (Duplicate, Gone):
            return False
        return True

    def recorded(self, case: CaseRow, key: str) -> int | None:
        """The number of the event that a command with this key recorded."""
        found = self._select("RECORDED", case_id=case.id, key=key)
        return found[0][0] if found else None

    def cases(self, status: str | None = "open") -> list[CaseRow]:
        return [CaseRow(*row) for row in self._matching("CASE_ROWS", ("cases.status", status))]

    def events(self, reference: str, after: int = 0, upto: int = _ENDLESS) -> Iterator[EventRow]:
        return (EventRow(*row) for row in self._select("EVENT_ROWS", reference=reference, after=after, upto=upto))

    def items(self, reference: str | None = None, status: str | None = "open") -> list[tuple[str, ItemRow]]:
        rows = self._matching("ITEM_ROWS", ("cases.reference", reference), ("items.status", status))
        return [(row[0], ItemRow(*row[1:])) for row in rows]

    def due_items(self, now: str, limit: int) -> list[tuple[str, str]]:
        """References and items whose next chase has come, oldest first."""
        return [(row[0], row[1]) for row in self._select("DUE_ITEMS", now=now, limit=limit)]

    def audit_rows(self) -> Iterator[tuple[CaseRow, Iterator[EventRow]]]:
        """Every case with the events that it stands on, for `verify_chain` and for replaying."""
        last = 0
        while page := [CaseRow(*row) for row in self._select("CASES_AFTER", id=last, limit=_PAGE)]:
            for case in page:
                yield case, self.events(case.reference, upto=case.number)
            last = page[-1].id

    def _opened(self, reference: str) -> CaseRow:
        case = self.load(reference)
        assert case is not None
        return case
