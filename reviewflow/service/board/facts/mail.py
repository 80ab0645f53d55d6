"""Mail that did not arrive, or has waited too long: what somebody has to see to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from reviewflow.london import LONDON, london_day, read_stamp, stamp
from reviewflow.service.board.facts.sent import messages_of
from reviewflow.service.delivery.bounce_mailbox import bounce_mailbox_trouble
from reviewflow.service.wording.message_words import message_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, SentMessage
from reviewflow.text import moment_words

BACK = timedelta(days=14)
"""How long mail that reached nobody is told."""
WAITS = timedelta(days=1)
"""How long a message may be due and not gone."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """One message that somebody has to see to, or something that is wrong with the mail as a whole."""

    reference: str
    what: str
    to: str
    state: str
    """'did not arrive', 'waits for more than a day', 'waits to be released', 'look after it'."""
    at: str


def mail_rows(workspace: Workspace, *, now: datetime) -> Iterator[MailRow]:
    """Of the last two weeks, the newest first; then what is wrong with the mailbox to which mail comes back."""
    since = datetime.combine(london_day(now) - BACK, time(), LONDON)
    for message in reversed(workspace.store.messages(since=stamp(since))):
        state = _state(message, now)
        if state:
            to = recipient_title(workspace.partnership, message.recipient)
            at = moment_words(read_stamp(message.sent_at or message.created_at))
            what = message_title(messages_of(workspace, message.reference), message.message)
            yield MailRow(message.reference, what, to, state, at)
    for sentence in bounce_mailbox_trouble(workspace, since=since.date()):
        yield MailRow("", sentence.rstrip("."), "", "look after it", "")


def _state(message: SentMessage, now: datetime) -> str:
    if message.status == "undeliverable":
        return "did not arrive"
    if message.status == TO_RELEASE:
        return "waits to be released"
    overdue = message.next_try is not None and message.next_try < stamp(now - WAITS)
    return "has waited for more than a day" if overdue and message.status == "queued" else ""
