"""How far Prefect's view of each case has come."""

from __future__ import annotations

from reviewflow.store.database import Database


class PrefectView(Database):
    """The number of the last event that Prefect shows, by case."""

    def unmirrored(self, limit: int) -> list[tuple[str, int]]:
        """References of cases with an event that Prefect does not show yet, each with the number of its last event."""
        return [(row[0], row[1]) for row in self._select("UNMIRRORED", limit=limit)]

    def mirrored(self, reference: str, number: int) -> None:
        """Record that Prefect shows a case up to the event of this number."""
        self._commit(self._step("MIRRORED", shown_case=reference, shown=number))
