"""The outbox for people: what waits, what was sent, and what was refused, in words that tell the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.case.model.ids import Recipient
from reviewflow.language.suggestions import unknown_agency
from reviewflow.london import read_stamp
from reviewflow.service.commands.carry_out import find
from reviewflow.service.delivery.bounce_mailbox import bounce_mailbox_trouble
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, Notice, StoredDigest
from reviewflow.text import day_words, moment_words


class MessageState(StrEnum):
    """What became of a message so far."""

    TO_RELEASE = "to release"
    """A letter to a contact of a case: nobody has released it yet."""
    REFUSED = "refused"
    WAITS = "waits"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


STATES = {
    TO_RELEASE: MessageState.TO_RELEASE,
    "queued": MessageState.WAITS,
    "sending": MessageState.WAITS,
    "sent": MessageState.SENT,
    "undeliverable": MessageState.REFUSED,
    "withdrawn": MessageState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message in the outbox."""

    number: str
    letter: str | None
    """The number of the letter that it goes in, with others for the same mailbox; None before it is in one."""
    reference: str
    item: str
    to: str
    address: str
    subject: str
    urgent: bool
    lot: MessageState
    words: str
    tries: int
    created_at: str
    next_try: str | None
    sent_at: str | None


def outbox(workspace: Workspace, reference: str | None = None, agency: str | None = None) -> list[OutboxMessage]:
    """Every message of a case, oldest first, or of all cases with the digests; to one agency, or to everybody.

    Raises UnknownCase, or UserError for an agency that there is none of.
    """
    if reference is not None:
        find(workspace, reference)
    known = workspace.partnership.agencies
    if agency is not None and agency not in known:
        raise UserError(unknown_agency(agency, known))
    digests = workspace.store.digests() if reference is None and agency is None else []
    return [
        *(
            _message(workspace, notice)
            for notice in workspace.store.notices(reference)
            if agency is None or _goes_to(notice.recipient, agency)
        ),
        *(_digest_message(workspace, d) for d in digests),
    ]


def _goes_to(recipient: str, agency: str) -> bool:
    to = Recipient.parse(recipient)
    return to.is_agency and to.name == agency


def _digest_message(workspace: Workspace, digest: StoredDigest) -> OutboxMessage:
    """A digest as a message without a case."""
    return OutboxMessage(
        number=f"digest/{digest.key}",
        letter=digest.letter,
        reference="",
        item="",
        to=recipient_title(workspace.partnership, digest.recipient),
        address=mailbox(workspace.partnership, digest.recipient) or "",
        subject=digest.subject,
        urgent=False,
        lot=STATES[digest.status],
        words=_words(digest.status, digest.detail, digest.next_try, None),
        tries=digest.tries,
        created_at=digest.created_at,
        next_try=digest.next_try,
        sent_at=None,
    )


def _message(workspace: Workspace, notice: Notice) -> OutboxMessage:
    return OutboxMessage(
        number=notice.number,
        letter=notice.letter,
        reference=notice.reference,
        item=notice.item,
        to=recipient_title(workspace.partnership, notice.recipient),
        address=mailbox(workspace.partnership, notice.recipient) or "",
        subject=notice.subject,
        urgent=notice.urgent,
        lot=STATES[notice.status],
        words=_words(notice.status, notice.detail, notice.next_try, notice.sent_at, notice.recipient),
        tries=notice.tries,
        created_at=notice.created_at,
        next_try=notice.next_try,
        sent_at=notice.sent_at,
    )


SETTLED = "what it was about was answered, held, ended or moved to another day; the history says which"


def _words(status: str, detail: str, next_try: str | None, sent_at: str | None, recipient: str = "") -> str:
    match STATES[status]:
        case MessageState.TO_RELEASE:
            return "Goes when somebody releases it: reviewflow letters release NUMBER --by NAME"
        case MessageState.SENT:
            return f"{_moment(sent_at)}. {detail}".removeprefix(". ").rstrip()
        case MessageState.REFUSED if sent_at:
            return f"Sent {_moment(sent_at)}. {detail}"
        case MessageState.REFUSED:
            return f"Refused for good: {detail}"
        case MessageState.WITHDRAWN if not detail and Recipient.parse(recipient).is_contact:
            return "It was refused, or is not needed any more: the history says why."
        case MessageState.WITHDRAWN:
            return f"No longer needed: {detail or SETTLED}."
        case MessageState.WAITS if detail:
            return f"Will be tried again at {_moment(next_try)}: {detail}"
        case MessageState.WAITS:
            return f"Goes at {_moment(next_try)}."


def _moment(text: str | None) -> str:
    return moment_words(read_stamp(text)) if text else ""


def reached_nobody(workspace: Workspace, *, since: date) -> Iterator[str]:
    """Sentences on what is to be put right of what was written since that day; none when nothing is."""
    written = [notice.created_at for notice in workspace.store.notices(status="undeliverable")]
    written += [digest.created_at for digest in workspace.store.digests(status="undeliverable")]
    refused = sum(at >= since.isoformat() for at in written)
    if refused:
        which = "1 message" if refused == 1 else f"{refused} messages"
        whom = "it was" if refused == 1 else "they were"
        yield f"{which} since {day_words(since)} did not reach whom {whom} for. See which: reviewflow outbox --refused"
    yield from bounce_mailbox_trouble(workspace, since=since)
