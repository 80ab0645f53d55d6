"""Messages that reach nobody: the next in the chain gets each, business support is told, the history says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Status
from reviewflow.language.built_in_texts import SHIPPED
from reviewflow.language.model import Partnership
from reviewflow.language.templates import named
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import Decided, decide, find, store_decided
from reviewflow.service.delivery.delays import BY
from reviewflow.service.messages.heard import UNDELIVERED
from reviewflow.service.messages.languages import language_of_agency
from reviewflow.service.messages.mailboxes import failure_contact, next_in_chain, place_of_mailbox
from reviewflow.service.messages.text import write
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import item_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, LogEntry, NewNotice, Notice, StoredDigest


def give_up_notice(workspace: Workspace, notice: Notice, why: str, *, now: datetime) -> None:
    """Record that a notice reached nobody, with what follows, and send it no more."""
    record_undelivered(workspace, notice, why, now=now)
    workspace.store.record_delivery([notice], "undeliverable", now=stamp(now), detail=why)


def give_up_digest(workspace: Workspace, digest: StoredDigest, why: str, *, now: datetime) -> None:
    """Send a digest no more, and note in the office's log that it reached nobody."""
    workspace.store.record_digest_delivery(digest, "undeliverable", now=stamp(now), detail=why)
    log_lost_digest(workspace, digest, why, now=now)


def log_lost_digest(workspace: Workspace, digest: StoredDigest, why: str, *, now: datetime) -> None:
    """Note in the office's log that a digest reached nobody: a digest belongs to no case."""
    workspace.store.note(LogEntry(stamp(now), "the outbox", "digest", f"{digest.key} reached nobody. {why}"))


def record_undelivered(workspace: Workspace, notice: Notice, why: str, *, now: datetime) -> None:
    """Write it once into the case's history, with the notices that follow from it.

    The next in the chain gets it unless it was answered meanwhile, and business support is told; a letter to a contact
    of a case, or to a body outside, goes to nobody else. Raises UnknownCase or CaseConflict.
    """
    is_late = is_answered(workspace, notice)
    passed_to = (
        ""
        if is_late or Recipient.parse(notice.recipient).is_reached_alone
        else next_in_chain(workspace.partnership, notice.recipient)
    )
    why = f"{why} It was answered meanwhile." if is_late else why
    reported_to = "" if notice.message == UNDELIVERED else failure_contact(workspace.partnership, notice.recipient)
    command = c.RecordUndelivered(notice.item, notice.message, notice.recipient, why, passed_to, reported_to)
    key = f"undelivered/{notice.id}"

    def decided(row: CaseRow) -> Decided:
        result, change = decide(workspace, row, command, by=BY, now=now, key=key)
        if change is None or not workspace.store.is_to_send(notice):
            return result, None
        return result, replace(change, notices=tuple(_notices(workspace, row, notice, command, now=now)))

    store_decided(workspace, notice.reference, decided, key=key)


def is_answered(workspace: Workspace, notice: Notice) -> bool:
    """Whether what a notice asks for was answered meanwhile; raises UnknownCase."""
    row = find(workspace, notice.reference)
    step = workspace.plan(row.definition).steps.get(step_of(notice.item))
    if step is None or step.send is not None:
        return False
    state = load(row.reference, row.state).items.get(notice.item)
    return state is not None and state.status is not Status.OPEN


def _notices(
    workspace: Workspace, row: CaseRow, notice: Notice, command: c.RecordUndelivered, *, now: datetime
) -> Iterator[NewNotice]:
    if command.passed_to:
        subject, text = _in_their_language(workspace.context(row, now), notice, command.passed_to)
        text = _passed_on(workspace, command, text)
        yield NewNotice(notice.item, command.passed_to, notice.message, subject, text, notice.urgent)
    if command.reported_to:
        subject = f"[{workspace.partnership.partnership}] {notice.reference}: a message did not arrive"
        text = _report(workspace, notice, command)
        yield NewNotice(notice.item, command.reported_to, UNDELIVERED, subject, text, urgent=True)


def _in_their_language(context: CaseContext, notice: Notice, to: str) -> tuple[str, str]:
    """Subject and text for whoever gets a message that was for another: in the language that they read, before it as
    it was where that was another. One that says from which day something moved stays as it was: only it knows that day.
    """
    known = context.plan.definition.messages.get(notice.message) or SHIPPED.get(notice.message)
    was, language = (language_of_agency(context.partnership, recipient) for recipient in (notice.recipient, to))
    if known is None or known.in_language(was) == known.in_language(language) or "met" in named(known.text):
        return notice.subject, notice.text
    subject, text = write(context, notice.item, notice.message, (to,), language=language)
    return subject, f"{text}\nAs it was written to them:\n\n{notice.text}"


def _passed_on(workspace: Workspace, command: c.RecordUndelivered, text: str) -> str:
    whom = recipient_title(workspace.partnership, command.to)
    return f"This was meant for {whom}, who could not be reached by mail, so it comes to you.\n\n{text}"


def _report(workspace: Workspace, notice: Notice, command: c.RecordUndelivered) -> str:
    partnership = workspace.partnership
    definition = workspace.plan(find(workspace, notice.reference).definition).definition
    about = item_words(definition, notice.item, {}, lambda name: recipient_title(partnership, name))
    whom = recipient_title(partnership, command.to)
    instead = recipient_title(partnership, command.passed_to) if command.passed_to else ""
    return (
        f"{notice.reference}: {about}\n"
        f'The message "{notice.subject}" did not reach {whom}.\n'
        f"{command.why}\n"
        f"{f'It goes to {instead} instead.' if instead else 'Nobody else gets it.'}\n"
        f"{_remedy(partnership, notice)}\n"
    )


def _remedy(partnership: Partnership, notice: Notice) -> str:
    to = Recipient.parse(notice.recipient)
    if to.is_contact:
        return (
            f"What to do: ring them, and give the mailbox anew if it is wrong: reviewflow contacts set "
            f"{notice.reference} {to.name}. To write again, open the step again: the letter then waits for release."
        )
    if to.is_agency and to.name not in partnership.agencies:
        return (
            f"What to do: if it has left, say so in the case: reviewflow agency {notice.reference} --remove {to.name} "
            f"--reason WHY. If another goes on for it: reviewflow merge-agencies {to.name} OTHER --reason WHY. If it "
            "takes part as before, write it into partnership.yaml again."
        )
    place = ", ".join(place_of_mailbox(partnership, notice.recipient))
    return (
        f"What to do: ring them, look at {place} in partnership.yaml, and put the "
        "address right if it is wrong. What is sent from then on goes to the new address by itself."
    )
