"""Facts about the office, which stay: who switched what, and what each sweep did."""

from __future__ import annotations

from reviewflow.store.database import Database
from reviewflow.store.drivers.steps import Step
from reviewflow.store.prepared import insert
from reviewflow.store.records import LogEntry, Sweep


class OfficeLog(Database):
    """The office's log, and the sweep's own."""

    def note(self, entry: LogEntry) -> None:
        """Keep a fact about the office; it stays."""
        self.people.sign((entry.by,), lambda keys: (None, [self._noting(entry, keys[entry.by])]))

    def _noting(self, entry: LogEntry, key: str) -> Step:
        return insert(self.driver.dialect, "office", [(entry.at, key, entry.kind, entry.body)])

    def noted(self, kind: str | None = None) -> list[LogEntry]:
        """What was kept about the office, oldest first."""
        return [LogEntry(*row) for row in self._matching("OFFICE_ROWS", ("office.kind", kind))]

    def record_sweep(self, sweep: Sweep) -> None:
        row = (sweep.started, sweep.finished, sweep.fired, sweep.sent, sweep.failed, sweep.note)
        self._commit(insert(self.driver.dialect, "sweeps", [row]))

    def last_sweep(self) -> Sweep | None:
        found = self._select("LAST_SWEEP")
        return Sweep(*found[0]) if found else None
