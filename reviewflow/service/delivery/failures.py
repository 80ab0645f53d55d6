"""What will never reach whom it was for: the next in the chain gets it, business support and the history are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Status
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import TRIES, decide, find
from reviewflow.service.delivery.delays import BY
from reviewflow.service.messages.mailboxes import next_in_chain, told_of_failures
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import item_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import AlreadyRecorded, CaseConflict
from reviewflow.store.records import Digest, LogEntry, NewNotice, Notice

UNDELIVERED = "undelivered"
"""The message that tells of it. It has words of its own: whatever an office takes away, this is told."""


def not_delivered(workspace: Workspace, notice: Notice, why: str, *, now: datetime) -> None:
    """Record it once, then give this notice up. What was answered meanwhile is passed on to nobody."""
    record(workspace, notice, why, now=now)
    workspace.store.settle([notice], "undeliverable", now=stamp(now), detail=why)


def digest_not_delivered(workspace: Workspace, digest: Digest, why: str, *, now: datetime) -> None:
    """It reaches nobody: written into the office's log, for whoever looks."""
    workspace.store.settle_digest(digest, "undeliverable", detail=why)
    note_lost(workspace, digest, why, now=now)


def note_lost(workspace: Workspace, digest: Digest, why: str, *, now: datetime) -> None:
    """In the office's log: a digest is of no case."""
    workspace.store.note(LogEntry(stamp(now), "the outbox", "digest", f"{digest.key} reached nobody. {why}"))


def record(workspace: Workspace, notice: Notice, why: str, *, now: datetime) -> None:
    """Write it into the case's history, once, with the letters that follow from it."""
    settled = answered(workspace, notice)
    instead = "" if settled else next_in_chain(workspace.partnership, notice.recipient)
    why = f"{why} It was answered meanwhile." if settled else why
    told = "" if notice.message == UNDELIVERED else told_of_failures(workspace.partnership, notice.recipient)
    command = c.RecordUndelivered(notice.item, notice.message, notice.recipient, why, instead, told)
    key = f"undelivered/{notice.id}"
    for _ in range(TRIES):
        row = find(workspace, notice.reference)
        if workspace.store.recorded(row, key) is not None or not workspace.store.wanted(notice):
            return
        _, wanted = decide(workspace, row, command, by=BY, now=now, key=key)
        assert wanted is not None
        try:
            workspace.store.append(replace(wanted, notices=tuple(_notices(workspace, notice, command))))
        except CaseConflict:
            continue
        except AlreadyRecorded:
            return
        return
    raise CaseConflict(f"{notice.reference} is being changed by others; try again in a moment.")


def answered(workspace: Workspace, notice: Notice) -> bool:
    """Whether nobody waits any more for what it asks."""
    row = find(workspace, notice.reference)
    step = workspace.plan(row.definition).steps.get(step_of(notice.item))
    if step is None or step.send is not None:
        return False
    item_state = load(row.reference, row.state).items.get(notice.item)
    return item_state is not None and item_state.status is not Status.OPEN


def _notices(workspace: Workspace, notice: Notice, command: c.RecordUndelivered) -> Iterator[NewNotice]:
    if command.instead:
        about = (notice.item, command.instead, notice.message, notice.subject)
        yield NewNotice(*about, _passed_on(workspace, notice, command), notice.urgent)
    if command.told:
        subject = f"[{workspace.partnership.partnership}] {notice.reference}: a message reached nobody"
        text = _told(workspace, notice, command)
        yield NewNotice(notice.item, command.told, UNDELIVERED, subject, text, urgent=True)


def _passed_on(workspace: Workspace, notice: Notice, command: c.RecordUndelivered) -> str:
    whom = recipient_title(workspace.partnership, command.to)
    return f"This was meant for {whom}, who could not be reached by mail, so it comes to you.\n\n{notice.text}"


def _told(workspace: Workspace, notice: Notice, command: c.RecordUndelivered) -> str:
    partnership = workspace.partnership
    definition = workspace.plan(find(workspace, notice.reference).definition).definition
    about = item_words(definition, notice.item, {}, lambda name: recipient_title(partnership, name))
    whom = recipient_title(partnership, command.to)
    instead = recipient_title(partnership, command.instead) if command.instead else ""
    return (
        f"{notice.reference}: {about}\n"
        f'The message "{notice.subject}" did not reach {whom}.\n'
        f"{command.why}\n"
        f"{f'It goes to {instead} instead.' if instead else 'Nobody else gets it.'}\n"
        f"What to do: ring them, look at {command.to.replace(':', ', ')} in partnership.yaml, and put the address "
        "right if it is wrong. What is sent from then on goes to the new address by itself.\n"
    )
