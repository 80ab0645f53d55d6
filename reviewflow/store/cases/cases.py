"""Cases, their events and what is owed in them; the definitions that they are pinned to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from reviewflow.store.cases.conflicts import CaseWriters
from reviewflow.store.database import AT_ONCE
from reviewflow.store.prepared import insert
from reviewflow.store.records import CaseRow, EventRow, ItemRow, RecordedEvent

_PAGE = 200
_ENDLESS = 2**31 - 1


class Cases(CaseWriters):
    """Cases, one row each, with their events and items."""

    def put_definition(self, digest: str, process: str, version: int, body: str, *, stored_at: str) -> None:
        """Keep a definition under the hash of its content; nothing changes for one that is there."""
        row = (digest, process, version, stored_at, body)
        self.driver.commit([insert(self.driver.dialect, "definitions", [row])])

    def definition(self, digest: str) -> str | None:
        """The text of a definition; None when there is none with this hash."""
        rows = self._select("DEFINITION", hash=digest)
        return rows[0][0] if rows else None

    def every_definition(self) -> Iterator[tuple[str, str, int, str]]:
        """Every definition: the hash that it is kept under, its process, its version and its text."""
        yield from self._select("EVERY_DEFINITION")

    def definitions(self, process: str, version: int) -> list[str]:
        """Every text of a process that cases were opened with under this version's number."""
        return [row[0] for row in self._select("BODIES", process=process, version=version)]

    def load_these(self, references: Collection[str]) -> list[CaseRow]:
        """The cases with these references, as far as there are any, in the order in which they were opened."""
        rows = [CaseRow(*row) for row in self._of_these("load_these", references)]
        return rows if len(references) <= AT_ONCE else sorted(rows, key=lambda row: row.id)

    def sealed_contact(self, reference: str, contact: str) -> str | None:
        """Who a contact of a case is, encrypted; None when that is not given, or was erased."""
        rows = self._select("CONTACT", reference=reference, contact=contact)
        return str(rows[0][0]) if rows else None

    def cases(self, status: str | None = "open") -> list[CaseRow]:
        """Cases in the order in which they were opened; of one status, or all for None."""
        return [CaseRow(*row) for row in self._matching("CASE_ROWS", ("cases.status", status))]

    def without_a_day(self) -> list[CaseRow]:
        """Open cases in which something is open that has no due day, in the order in which they were opened."""
        return [CaseRow(*row) for row in self._select("WITHOUT_A_DAY")]

    def open_numbers(self) -> dict[str, int]:
        """By reference of each open case, the number of its last event, in the order in which they were opened."""
        return {row[0]: row[1] for row in self._select("OPEN_NUMBERS")}

    def open_owners(self) -> dict[str, tuple[str, int]]:
        """By owner of what is open in open cases, the reference of one of these cases, and how many there are."""
        return {owner: (reference, count) for owner, reference, count in self._select("OPEN_OWNERS")}

    def may_look_otherwise(self, today: date, since: str, share: int = 0, of: int = 1) -> list[CaseRow]:
        """Open cases in which something is overdue or has no day, or happened since a moment, as moments are stored.

        In all others a day that passes changes nothing of what is foreseen. Of so many shares of all cases, this one.
        """
        rows = self._of_share("MAY_LOOK_OTHERWISE", share, of, today=today.isoformat(), since=since)
        return [CaseRow(*row) for row in rows]

    def processes(self) -> list[str]:
        """The processes that cases were opened in."""
        return [str(process) for (process,) in self._select("PROCESSES")]

    def latest_cases(self, process: str, most: int) -> list[CaseRow]:
        """Cases of a process, those that were opened last first, at most so many."""
        return [CaseRow(*row) for row in self._select("LATEST_CASES", process=process, limit=most)]

    def events(self, reference: str, after: int = 0, upto: int = _ENDLESS) -> Iterator[EventRow]:
        """The events of a case in order, those with numbers above `after` and up to `upto`."""
        return (EventRow(*row) for row in self._select("EVENT_ROWS", reference=reference, after=after, upto=upto))

    def last_day_of(self, reference: str, kinds: Sequence[str]) -> str | None:
        """The day of the last event of a case that is of one of these kinds; None where there is none."""
        named = {f"kind_{place}": kind for place, kind in enumerate(kinds)}
        rows = self._select(f"last_of_kinds {len(kinds)}", reference=reference, limit=1, **named)
        return next((str(day) for (day,) in rows), None)

    def recent_events(self, since: str) -> list[RecordedEvent]:
        """The events of all cases recorded at a moment or after it, in the order in which they were recorded."""
        return [RecordedEvent(*row) for row in self._select("RECENT_EVENTS", since=since)]

    def items(self, reference: str | None = None, status: str | None = "open") -> list[tuple[str, ItemRow]]:
        """Items, each after its case's reference; of one case or all, of one status or all for None."""
        rows = self._matching("ITEM_ROWS", ("cases.reference", reference), ("items.status", status))
        return [(row[0], ItemRow(*row[1:])) for row in rows]

    def open_days(self, references: Collection[str]) -> dict[str, dict[str, str | None]]:
        """By reference what is open in these cases, each with its day; nothing of a case in which nothing is."""
        days: dict[str, dict[str, str | None]] = {}
        for reference, item, due in self._of_these("open_items_of", references):
            days.setdefault(reference, {})[item] = due
        return days

    def due_items(self, now: str, limit: int, share: int = 0, of: int = 1) -> list[tuple[str, str]]:
        """References and items whose next chase has come, the earliest first, at most `limit`.

        Of so many shares of all cases, those of this one.
        """
        return [(row[0], row[1]) for row in self._of_share("DUE_ITEMS", share, of, now=now, limit=limit)]

    def _of_share(self, statement: str, share: int, of: int, **values: str | int) -> list[Any]:
        if of == 1:
            return list(self._select(statement, **values))
        return list(self._select(f"{statement}_OF_SHARE", share=share, of=of, **values))

    def next_chase(self, after: str) -> str | None:
        """The first moment after another at which something open is to be chased; None when nothing is."""
        [(moment,)] = self._select("NEXT_CHASE", after=after)
        return moment if moment is None else str(moment)

    def audit_rows(self) -> Iterator[tuple[CaseRow, Iterator[EventRow]]]:
        """Every case with its events, for `verify_chain` and for replaying."""
        for case in self.every_case():
            yield case, self.events(case.reference, upto=case.number)

    def every_case(self) -> Iterator[CaseRow]:
        """Every case in the order in which they were opened, a page at a time."""
        last = 0
        while page := [CaseRow(*row) for row in self._select("CASES_AFTER", id=last, limit=_PAGE)]:
            yield from page
            last = page[-1].id
