"""Saying no: what was asked, why it cannot be, and what can be done instead."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(Exception):
    """A command that cannot be carried out now. Nothing was changed. `possible` says what can be done instead."""

    def __init__(self, reasons: Iterable[str], possible: str = "") -> None:
        self.reasons = tuple(reasons)
        self.possible = possible
        super().__init__("\n".join((*self.reasons, possible) if possible else self.reasons))
