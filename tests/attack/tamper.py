"""What somebody with the database and the source may try: every column of every table, made from the schema.

`python -m tests.attack.tamper` tries all of it; `make attack` is this. Each edit is made in a copy of a small office,
with triggers and foreign keys off, in three ways: as it is; with the chains of events mended and the states replayed;
and with every seal made anew as well. What is not named by `audit`, nor by `audit --since` with a head that was kept
before, is a fault, unless it stands in `FREE` or `UNPROVEN`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from reviewflow.service.records.audit import audit
from reviewflow.service.records.audit_heads import Head, broken
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import Store, open_store
from reviewflow.store.tables import METADATA
from tests.attack.edits import Edit, Mended, edited, edits
from tests.attack.mending import mend
from tests.attack.office import TOY, build
from tests.attack.places import REFUSED, Place, placed
from tests.attack.runs import Came, asked, chosen, in_memory, in_turn, try_all

FREE: Mapping[tuple[str, str], str] = {
    ("cases", "mirrored"): "how far Prefect's picture has come; the next sweep draws it anew",
    ("notices", "next_try"): "when it is tried next, as long as that is within the month",
    ("notices", "tries"): "counts claims, of which some end without a try",
    ("digests", "next_try"): "as of a message",
    ("digests", "tries"): "as of a message",
    ("jobs", "tries"): "how often it was tried: it is done all the same",
    ("jobs", "next_try"): "when it is tried next",
    ("jobs", "error"): "why it was not done yet",
    ("letters", "besides"): "only where its address was erased on purpose: the proof went with it",
    ("events", ""): "added at the end today, chained and replayed, as the program itself adds one; then it is sealed",
    ("sweeps", ""): "added at the end today, as the program itself adds one; an older one is named",
    ("jobs", ""): "added at the end, as the program itself adds one; then it is sealed",
    ("done_jobs", ""): "added at the end, as the program itself adds one; then it is sealed",
}
"""Columns that may be changed unseen, and tables ("") to which something may be added at the end, each with why that
changes nothing that was recorded, is owed or was sent."""
UNPROVEN: Mapping[str, str] = {
    "trouble": "what was tried and failed: the doctor tells it, and it is cleared when it works",
    "office_files": "used only while the office's file of that name is broken; the next sweep writes it anew",
    "last_done": "of backups and routes only the doctor asks; how long steps take is counted anew each week; "
    "how far rows are sealed counts for a day",
    "leases": "that a sweep is at work: it ends by its time, and the doctor tells that none has come",
}
"""Tables of which nothing is proved, each with why that changes nothing that was recorded, is owed or was sent."""


class Named(StrEnum):
    """What an edit comes to."""

    AUDIT = "named by audit"
    SINCE = "named only by --since"
    REFUSED = "refused by the database"
    SAME = "changes nothing"
    FREE = "allowed"
    SILENT = "SILENT"


@dataclass(frozen=True)
class Attack:
    """A whole office with the head that was kept of it, and what becomes of edits in copies."""

    place: Place
    head: Head

    def __reduce__(self) -> tuple[type[Attack], tuple[Place, Head]]:
        return Attack, (self.place, self.head)

    @cached_property
    def content(self) -> Mapping[str, list[Any]]:
        """The rows of each table, in the order in which edits count them."""
        with closing(open_store(self.place.whole)) as store:
            return {table.name: _rows(store, table.name) for table in METADATA.sorted_tables}

    @cached_property
    def _read(self) -> dict[str, Any]:
        files = Workspace(open_store("sqlite:///never"), TOY)
        return {"library": files.library, "partnership": files.partnership, "calendars": files.calendars}

    def made(self, edit: Edit, folder: Path) -> Named:
        """Make an edit in a copy, of which a file lies in this folder, and look who names it."""
        url = self.place.copied(folder)
        with self.place.unlocked(url) as copy:
            try:
                changed = edited(copy, edit)
            except REFUSED:
                return Named.REFUSED
            if not changed:
                return Named.SAME
            copy.commit()
            mend(copy, url, edit.mended)
            copy.commit()
        with closing(open_store(url)) as store:
            return self._looked(store, edit)

    def _looked(self, store: Store, edit: Edit) -> Named:
        office = Workspace(store, TOY)
        vars(office).update(self._read)
        if edit.mended is not Mended.SEALS and all(
            _rows(store, table.name) == self.content[table.name] for table in METADATA.sorted_tables
        ):
            return Named.SAME
        if audit(office)[1]:
            return Named.AUDIT
        if list(broken(office, [self.head])):
            return Named.SINCE
        may_be = (edit.table, edit.column) in FREE and (edit.column or edit.kind == "insert")
        return Named.FREE if may_be or edit.table in UNPROVEN else Named.SILENT

    def attempt(self, edit: Edit, folder: Path) -> Came:
        """What an edit came to, for the figures."""
        named = self.made(edit, folder)
        return Came(edit.table, named, f"SILENT: {edit}" if named is Named.SILENT else "")


def prepare(place: Place) -> Attack:
    """The office in this place, which is empty, and whole then."""
    office, head = build(place.whole)
    try:
        assert audit(office) == (len(office.store.cases(None)), [])
    finally:
        office.store.close()
    return Attack(place, head)


def _rows(store: Store, table: str) -> list[Any]:
    return sorted(store.driver.rows(f'SELECT * FROM "{table}"'), key=repr)


def sample(attack: Attack, number: int, seed: int) -> list[Edit]:
    """So many edits, the columns of all tables in turn."""
    return in_turn(edits(attack.content), seed)[:number]


def main(words: list[str]) -> int:
    """Try what is asked for; print what was silent, and the figures."""
    told = asked(words, __doc__ or "")
    with in_memory() as folder, placed(told.database, folder) as place:
        attack = prepare(place)
        figures = try_all(chosen(edits(attack.content), told), attack.attempt, folder, told.workers)
    print(figures.as_table(list(Named)))
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
