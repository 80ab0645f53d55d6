"""Which cases Prefect shows as they are, and which it has yet to show."""

from __future__ import annotations

from reviewflow.store.database import Database


class PrefectView(Database):
    """How far Prefect's view has come."""

    def unmirrored(self, limit: int) -> list[tuple[str, int]]:
        """Cases with an event that Prefect does not show yet, and the number of their last."""
        return [(row[0], row[1]) for row in self._select("UNMIRRORED", limit=limit)]

    def mirrored(self, reference: str, number: int) -> None:
        self._commit(self._step("MIRRORED", shown_case=reference, shown=number))
