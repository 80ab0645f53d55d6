"""What became of a message, as events of its case: undelivered, delayed, recovered."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.correspondence.requests import came_back
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e


def record_undelivered(draft: Draft, command: c.RecordUndelivered) -> None:
    about = (command.item, command.message, command.to)
    draft.emit(e.Undelivered(*about, command.why, command.passed_to, command.reported_to))
    came_back(draft, command.item, command.to)


def record_delayed(draft: Draft, command: c.RecordDelayed) -> None:
    draft.emit(e.Delayed(command.item, command.message, command.to, command.why))


def record_recovered(draft: Draft, command: c.RecordRecovered) -> None:
    draft.emit(e.DeliveryRecovered(command.item, command.message, command.to, command.tries))
