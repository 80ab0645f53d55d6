"""What became of a notice on its way, in the case's history: a delay when it begins and ends, a request that left."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.language.built_in_messages import COMES_AFTER_ALL, OF_EARLIER_LETTERS, PASSED_ON
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, Notice

BY = "the outbox"


def record_delay(workspace: Workspace, notice: Notice, why: str, *, now: datetime) -> None:
    """Record once that a notice could not be sent and is tried again; raises UnknownCase or CaseConflict."""
    if workspace.store.recorded(find(workspace, notice.reference), _key(notice)) is None:
        command = c.RecordDelayed(notice.item, notice.message, notice.recipient, why)
        carry_out(workspace, notice.reference, command, by=BY, now=now, key=_key(notice))


def record_recovery(workspace: Workspace, notice: Notice, *, now: datetime) -> None:
    """Record that a notice was sent, where a delay of it was recorded; raises UnknownCase or CaseConflict."""
    if notice.tries == 1 or workspace.store.recorded(find(workspace, notice.reference), _key(notice)) is None:
        return
    command = c.RecordRecovered(notice.item, notice.message, notice.recipient, notice.tries)
    carry_out(workspace, notice.reference, command, by=BY, now=now, key=f"went/{notice.id}")


def record_left(workspace: Workspace, notice: Notice, *, now: datetime, row: CaseRow | None = None) -> None:
    """Record that a request left the building, where silence counts from it; raises UnknownCase or CaseConflict.

    `row` is its case as it was loaded when the letter left, where it was.

    What tells somebody that it is not theirs, not needed any more, or due on another day asks for nothing.
    """
    if notice.message in {PASSED_ON, COMES_AFTER_ALL} | OF_EARLIER_LETTERS:
        return
    row = row or find(workspace, notice.reference)
    if step_of(notice.item) in workspace.plan(row.definition).asks_for_silence:
        left = c.RecordLeft(notice.item, notice.recipient)
        carry_out(workspace, notice.reference, left, by=BY, now=now, key=f"left/{notice.id}")


def _key(notice: Notice) -> str:
    return f"delayed/{notice.id}"
