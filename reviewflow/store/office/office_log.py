"""The office's log: who switched or handed over what, and what each sweep did. Entries are never changed."""

from __future__ import annotations

from datetime import UTC, datetime

from reviewflow.store.database import Database
from reviewflow.store.drivers.steps import Step
from reviewflow.store.prepared import insert
from reviewflow.store.records import Done, LogEntry, Sweep


class OfficeLog(Database):
    """The office's log, and the sweep's own."""

    def note(self, entry: LogEntry) -> None:
        """Add an entry."""
        self.people.sign((entry.by,), lambda keys: (None, [self._noting(entry, keys[entry.by])]))

    def _noting(self, entry: LogEntry, key: str) -> Step:
        return insert(self.driver.dialect, "office", [(entry.at, key, entry.kind, entry.body)])

    def noted(self, kind: str | None = None, body: str | None = None) -> list[LogEntry]:
        """Entries of one kind, or all, and of those with this body where one is given; oldest first."""
        narrowing = ("office.kind", kind), ("office.body", body)
        return [LogEntry(*row) for row in self._matching("OFFICE_ROWS", *narrowing)]

    def record_sweep(self, sweep: Sweep) -> None:
        """Keep what a sweep did."""
        row = (sweep.started, sweep.finished, sweep.fired, sweep.sent, sweep.failed, sweep.note)
        self._commit(insert(self.driver.dialect, "sweeps", [row]))

    def first_sweep_since(self, since: str) -> str | None:
        """When the first sweep was over that began then or later; None when there was none."""
        rows = self._select("FIRST_SWEEP_SINCE", since=since)
        return str(rows[0][0]) if rows else None

    def last_sweep(self) -> Sweep | None:
        """The last sweep that was recorded; None when there was none, or when its row cannot be read any more."""
        rows = self._select("LAST_SWEEP")
        return Sweep(*rows[0]) if rows and all(map(_is_moment, rows[0][:2])) else None

    def last_good_sweep(self) -> str | None:
        """When the last sweep was over of which no part failed; None when there was none."""
        [(finished,)] = self._select("LAST_GOOD_SWEEP")
        return finished if _is_moment(finished) else None

    def notice_counts(self) -> dict[str, int]:
        """How many messages there are of each status."""
        return dict(self._select("NOTICE_COUNTS"))

    def note_done(self, name: str, at: str, body: str = "") -> None:
        """Keep that this was done, in place of the time before."""
        self._commit(insert(self.driver.dialect, "last_done", [(name, at, body)]))

    def last_done(self) -> dict[str, Done]:
        """What was last done, and when, by its name. What damage left without one is as if it were not there."""
        return {name: Done(at, body) for name, at, body in self._select("LAST_DONE_ROWS") if isinstance(name, str)}

    def database_clock(self) -> datetime:
        """What time the database says it is, in UTC."""
        [(moment,)] = self._select("DATABASE_CLOCK")
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        return datetime.fromisoformat(moment).replace(tzinfo=UTC)  # SQLite's text, in UTC

    def longest_due(self, now: str) -> str | None:
        """Since when the message has been due to be sent that has been for longest; None where none is due."""
        [(since,)] = self._select("LONGEST_DUE", now=now)
        return since if _is_moment(since) else None

    def last_recorded(self) -> str | None:
        """The latest moment at which anything of a case was recorded; None where there is nothing."""
        [(latest,)] = self._select("LAST_RECORDED")
        return latest if _is_moment(latest) else None


def _is_moment(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
