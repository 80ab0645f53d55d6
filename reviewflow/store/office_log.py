"""Facts about the office, which stay: who switched what, and what each sweep did."""

from __future__ import annotations

from sqlalchemy import select

from reviewflow.store.database import Database
from reviewflow.store.drivers.sql import Step, insert, name_of, stored_columns
from reviewflow.store.records import LogEntry, Sweep
from reviewflow.store.tables import OFFICE, PEOPLE, SWEEPS

office_log = OFFICE.c
people = PEOPLE.c

OFFICE_ROWS = (
    select(office_log.at, name_of(office_log.by), office_log.kind, office_log.body)
    .outerjoin(PEOPLE, people.key == office_log.by)
    .order_by(office_log.id)
)

LAST_SWEEP = select(*(SWEEPS.c[name] for name in stored_columns(SWEEPS))).order_by(SWEEPS.c.id.desc()).limit(1)


class OfficeLog(Database):
    """The office's log, and the sweep's own."""

    def note(self, entry: LogEntry) -> None:
        """Keep a fact about the office; it stays."""
        self.people.sign((entry.by,), lambda keys: (None, [self._noting(entry, keys[entry.by])]))

    def _noting(self, entry: LogEntry, key: str) -> Step:
        return insert(self.driver.dialect, OFFICE, [(entry.at, key, entry.kind, entry.body)])

    def noted(self, kind: str | None = None) -> list[LogEntry]:
        """What was kept about the office, oldest first."""
        return [LogEntry(*row) for row in self._matching(OFFICE_ROWS, (office_log.kind, kind))]

    def record_sweep(self, sweep: Sweep) -> None:
        row = (sweep.started, sweep.finished, sweep.fired, sweep.sent, sweep.failed, sweep.note)
        self._commit(insert(self.driver.dialect, SWEEPS, [row]))

    def last_sweep(self) -> Sweep | None:
        found = self._select(LAST_SWEEP)
        return Sweep(*found[0]) if found else None
