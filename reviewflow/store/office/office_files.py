"""The office's own files as they were last sound: who is who, and the calendars."""

from __future__ import annotations

from reviewflow.store.database import Database
from reviewflow.store.prepared import insert


class OfficeFiles(Database):
    """One row a file."""

    def office_file(self, name: str) -> tuple[str, str] | None:
        """Its text, and the moment at which it was kept first, as it is; None when it was never kept."""
        rows = self._select("OFFICE_FILE", name=name)
        return (rows[0][0], rows[0][1]) if rows else None

    def keep_office_file(self, name: str, text: str, now: str) -> None:
        """Keep its text in place of the one before."""
        self._commit(insert(self.driver.dialect, "office_files", [(name, text, now)]))
