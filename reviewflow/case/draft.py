"""A case while a command is being worked out."""

from __future__ import annotations

from reviewflow.case.apply import apply
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case


class Draft:
    """Every fact emitted is folded in at once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.events: list[e.Event] = []

    def emit(self, event: e.Event) -> None:
        self.events.append(event)
        self.case = apply(self.case, event)
