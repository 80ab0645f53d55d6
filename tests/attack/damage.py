"""Every row of every table damaged in every way, and each case that it does not belong to chased as if it were whole.

`python -m tests.attack.damage` does all of it, in about half an hour of one processor, and says what differed; with
`--database postgresql` all that such a database can hold; with `--first` it goes on where it was stopped.
`test_damage.py` takes a sample of both. Left out is only what changes no byte, and so is the whole office again.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from reviewflow.case.model import commands as c
from reviewflow.errors import OURS, ReviewflowError
from reviewflow.london import stamp
from reviewflow.service.board.place import BOARD
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.records import LogEntry, Trouble
from reviewflow.store.store import open_store
from tasks.sweep_once import sweep_once
from tests.attack.damages import Damage, Done, could_do, damages, do_damage, owners
from tests.attack.places import Place, Server, placed
from tests.attack.remembered import remembered
from tests.attack.runs import Came, asked, chosen, in_memory, try_all
from tests.service.builders import BY, at, done, finished, opened

TOY = Path(__file__).parents[1] / "toy"
DIGESTS = """
digests:
  morning: {title: What is late, to: [business_support], every: working day}
"""
MOMENTS = (at(19, 9), at(20, 9))
"""When the damaged office is swept, and again, because what is put off may come later."""
SHARED = {"office", "alembic_version", "people"}
"""Tables whose rows all cases share: damage there may stop all, in words."""
SHORTEST = 40
"""Letters of a refusal that says what to do."""
BOARD_FOLDER, OUTBOX = "board", "messages"


class To(StrEnum):
    """What a damage comes to."""

    NOT_TAKEN = "not taken"
    THE_SAME = "no change"
    REFUSED = "refused in words"
    AUDIT = "named by audit"
    ASIDE = "set aside and told"
    UNNAMED = "harmless"
    FAULT = "HARMED"


NOTHING_DONE = {Done.NOT_TAKEN: To.NOT_TAKEN, Done.THE_SAME: To.THE_SAME}


class Seen(NamedTuple):
    """What two sweeps left."""

    cases: dict[str, Any]
    """Of each case its history, its state, what it owes and what was written about it."""
    trouble: list[Any]


@dataclass(frozen=True)
class Office:
    """A small office whose database takes anything, and what sweeps make of it when it is whole."""

    folder: Path
    place: Place

    def __reduce__(self) -> tuple[type[Office], tuple[Path, Place]]:
        return Office, (self.folder, self.place)

    @property
    def kept(self) -> Path:
        """What lies beside the office's database when it is damaged: its board."""
        return self.folder / "whole"

    @contextmanager
    def workspace(self, url: str, folder: Path) -> Iterator[Workspace]:
        store = open_store(url)
        try:
            fresh = Workspace(store, self.folder / "definitions", papers=folder / "papers")
            fresh.__dict__.update(self._read)
            yield fresh
        finally:
            store.close()

    @cached_property
    def _read(self) -> dict[str, Any]:
        files = Workspace(open_store("sqlite:///never"), self.folder / "definitions")
        return {"library": files.library, "partnership": files.partnership, "calendars": files.calendars}

    def copied(self, folder: Path) -> str:
        """The address of a copy, with its board in this folder, in which nothing else is left."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copytree(self.kept / BOARD_FOLDER, folder / BOARD_FOLDER)
        return self.place.copied(folder)

    def seen(self, url: str, folder: Path) -> Seen:
        """What two sweeps make of it."""
        with self.workspace(url, folder) as workspace:
            begun(workspace)
            for moment in MOMENTS:
                self.sweep(workspace, folder, moment)
        with self.place.read(url) as copy:
            cases = {
                reference: [copy.execute(sql, (number,)).fetchall() for sql in _SEEN]
                for reference, number in self._cases
            }
            return Seen(cases, copy.execute(_TROUBLE).fetchall())

    @cached_property
    def _cases(self) -> list[tuple[str, int]]:
        with self.place.looked_at() as whole:
            return whole.execute("SELECT reference, id FROM cases").fetchall()

    @cached_property
    def expected(self) -> Seen:
        folder = self.folder / "expected"
        return self.seen(self.copied(folder), folder)

    def sweep(self, workspace: Workspace, folder: Path, moment: datetime) -> None:
        environ = {"REVIEWFLOW_OUTBOX_FOLDER": str(folder / OUTBOX), BOARD: str(folder / BOARD_FOLDER)}
        with patch.dict(os.environ, environ):
            sweep_once(workspace, environ, clock=lambda: moment, mode=delivery_mode(workspace, environ).mode)

    def harm(self, damage: Damage, folder: Path) -> Came:
        """What the damage came to in a copy in this folder: to which cases it did harm that it does not belong to."""
        if isinstance(self.place, Server) and (done := could_do(damage, self.place)) is not Done.DONE:
            return Came(damage.table, NOTHING_DONE[done], "")  # to copy a database takes longer than all else
        url = self.copied(folder)
        if (done := do_damage(damage, self.place, url)) is not Done.DONE:
            return Came(damage.table, NOTHING_DONE[done], "")
        try:
            is_named = self._is_named(url, folder)
            seen = self.seen(url, folder)
        except ReviewflowError as refused:
            if damage.table in SHARED and refused.exit_status == OURS and len(str(refused)) > SHORTEST:
                return Came(damage.table, To.REFUSED, "")
            return self._fault(damage, f"refused: {type(refused).__name__}: {refused}")
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            return self._fault(damage, f"{type(error).__name__}: {error}")
        return self._judged(damage, seen, is_named=is_named)

    def _is_named(self, url: str, folder: Path) -> bool:
        with self.workspace(url, folder) as workspace:
            return bool(audit(workspace)[1])

    def _judged(self, damage: Damage, seen: Seen, *, is_named: bool) -> Came:
        theirs = owners(self.place, damage)
        expected = self.expected.cases
        harmed = [name for name, was in expected.items() if name not in theirs and seen.cases.get(name) != was]
        if harmed:
            return self._fault(damage, *(f"{name}: {_difference(expected[name], seen.cases[name])}" for name in harmed))
        if is_named:
            return Came(damage.table, To.AUDIT, "")
        return Came(damage.table, To.UNNAMED if seen.trouble == self.expected.trouble else To.ASIDE, "")

    def _fault(self, damage: Damage, *words: str) -> Came:
        return Came(damage.table, To.FAULT, "\n  ".join([str(damage), *words]))


def begun(workspace: Workspace) -> None:
    """As every command begins, but that nothing has to wait for a disk."""
    workspace.store.migrate()
    if workspace.store.driver.dialect is Dialect.SQLITE:
        workspace.store.driver.rows("PRAGMA synchronous = OFF")


def _difference(was: Sequence[list[Any]], now: Sequence[list[Any]]) -> str:
    for place, (before, after) in enumerate(zip(was, now, strict=True)):
        if before != after:
            gone, new = [row for row in before if row not in after], [row for row in after if row not in before]
            return f"{_SEEN[place][:40]}: {gone[:2]} became {new[:2]}"
    return ""


_SEEN = (
    'SELECT number, kind, "on", recorded_at, body FROM events WHERE case_id = ? ORDER BY number',
    "SELECT status, state FROM cases WHERE id = ?",
    "SELECT item, status, due, next_chase FROM items WHERE case_id = ? ORDER BY item",
    "SELECT event, item, recipient, message, subject, text, status, sent_at FROM notices WHERE case_id = ? ORDER BY id",
)
_TROUBLE = "SELECT part, kind, key, what FROM trouble ORDER BY part, kind, key"


def make_office(folder: Path, place: Place) -> Office:
    """An office with five cases of two processes, in the middle of its work; the place has nothing in it."""
    shutil.copytree(TOY, folder / "definitions")
    with (folder / "definitions" / "partnership.yaml").open("a") as partnership:
        partnership.write(DIGESTS)
    office = Office(folder, place)
    office.kept.mkdir()
    with office.workspace(place.whole, office.kept) as workspace:
        begun(workspace)
        _live(office, workspace)
    place.settle()
    return office


def _live(office: Office, workspace: Workspace) -> None:
    workspace.store.note(LogEntry("2026-05-04T09:00:00+00:00", "A. Manager", "delivery", Mode.TEST))
    first, second = opened(workspace), opened(workspace)
    third = opened(workspace, ("health", "school"))
    plan = c.Open({"decided": at(12).date()}, ("police",))
    open_case(workspace, "follow_up", plan, by=BY, now=at(12))
    office.sweep(workspace, office.kept, at(12, 9))
    done(workspace, second, "agency_return/police", at(13))
    carry_out(workspace, third, c.Snooze("agency_return/school", at(15).date(), "leave"), by=BY, now=at(13))
    office.sweep(workspace, office.kept, at(15, 9))
    finished(workspace, first, learning="yes")
    workspace.store.note_trouble(
        Trouble("chase", "case", "TR-2026-009", "KeyError", *[stamp(at(15))] * 2, 1, stamp(at(16)))
    )
    workspace.store.take_lease("sweep", "somebody", stamp(at(15)), stamp(at(16)))
    record_sweep(workspace, (at(15), at(15)), chased=1, sent=1, failed=0, note="")


def main(words: list[str]) -> int:
    """Try what is asked for; print what was harmed, and the figures."""
    told = asked(words, __doc__ or "")
    with in_memory() as folder, placed(told.database, folder) as place, remembered():
        office = make_office(folder, place)
        assert office.expected.cases
        figures = try_all(chosen(damages(place), told), office.harm, folder, told.workers)
    print(figures.as_table(list(To)))
    return bool(figures.faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
