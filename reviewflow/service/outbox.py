"""The outbox for people: what waits, what was sent, and what was refused, in words that tell the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviewflow.case.hours import LONDON
from reviewflow.case.words import day_words
from reviewflow.service.cases import find
from reviewflow.service.letters import recipient_title
from reviewflow.service.mailboxes import mailbox
from reviewflow.service.office import Office
from reviewflow.store.records import Notice


class Lot(StrEnum):
    """What became of a message so far."""

    REFUSED = "refused"
    WAITS = "waits"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


LOTS = {
    "queued": Lot.WAITS,
    "sending": Lot.WAITS,
    "sent": Lot.SENT,
    "undeliverable": Lot.REFUSED,
    "withdrawn": Lot.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Posted:
    """One message in the outbox."""

    number: str
    letter: str | None
    """The number of the letter that it goes in, with others for the same mailbox."""
    reference: str
    item: str
    to: str
    address: str
    subject: str
    urgent: bool
    lot: Lot
    words: str
    tries: int
    created_at: str
    next_try: str | None
    sent_at: str | None


def outbox(office: Office, reference: str | None = None) -> list[Posted]:
    """Every message of a case, or of all, oldest first; raises UnknownCase."""
    if reference is not None:
        find(office, reference)
    return [_posted(office, each) for each in office.store.notices(reference)]


def _posted(office: Office, notice: Notice) -> Posted:
    return Posted(
        number=notice.number,
        letter=notice.letter,
        reference=notice.reference,
        item=notice.item,
        to=recipient_title(office.partnership, notice.recipient),
        address=mailbox(office.partnership, notice.recipient) or "",
        subject=notice.subject,
        urgent=notice.urgent,
        lot=LOTS[notice.status],
        words=_words(notice),
        tries=notice.tries,
        created_at=notice.created_at,
        next_try=notice.next_try,
        sent_at=notice.sent_at,
    )


def _words(notice: Notice) -> str:
    match LOTS[notice.status]:
        case Lot.SENT:
            return f"{_moment(notice.sent_at)}. {notice.detail}".rstrip()
        case Lot.REFUSED:
            return f"Refused for good: {notice.detail}"
        case Lot.WITHDRAWN:
            return "No longer needed: it was answered, or is due on another day."
        case Lot.WAITS if notice.detail:
            return f"Will be tried again at {_moment(notice.next_try)}: {notice.detail}"
        case Lot.WAITS:
            return f"Goes at {_moment(notice.next_try)}."


def _moment(text: str | None) -> str:
    if text is None:
        return ""
    at = datetime.fromisoformat(text).astimezone(LONDON)
    return f"{day_words(at.date())} {at:%H:%M}"


def reached_nobody(office: Office) -> Iterator[str]:
    """A sentence for whoever looks at the cases, when there is something to put right."""
    refused = len(office.store.notices(status="undeliverable"))
    if refused:
        word = "message" if refused == 1 else "messages"
        yield f"{refused} {word} reached nobody as addressed. See which: reviewflow outbox --refused"
