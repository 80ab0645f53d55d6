"""A command that the rules of a case do not allow."""

from __future__ import annotations

from collections.abc import Iterable

from reviewflow.errors import ReviewflowError


class Refused(ReviewflowError):
    """Nothing was changed. `reasons` are sentences for people, `possible` says what can be done instead."""

    def __init__(self, reasons: Iterable[str], possible: str) -> None:
        self.reasons = tuple(reasons)
        self.possible = possible
        super().__init__("\n".join((*self.reasons, possible) if possible else self.reasons))
