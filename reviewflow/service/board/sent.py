"""What was sent about what, to whom, and what became of it; never its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewflow.london import read_stamp
from reviewflow.service.board.shapes import Sent
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, SentMessage
from reviewflow.text import listing, moment_words

BECAME = {
    TO_RELEASE: "to release",
    "queued": "waits",
    "sending": "waits",
    "sent": "sent",
    "undeliverable": "did not arrive",
    "withdrawn": "withdrawn",
}
NOT_SENT = frozenset({"withdrawn"})


def message_title(name: str) -> str:
    """What people call a kind of message: 'Overdue senior'."""
    return name.replace("_", " ").capitalize()


def last_sent(workspace: Workspace, messages: Iterable[SentMessage]) -> Mapping[str, Mapping[str, Sent]]:
    """By case and item, the last message that was not withdrawn; what went out together about an item is one."""
    last: dict[tuple[str, str], list[SentMessage]] = {}
    for message in messages:
        if message.status in NOT_SENT:
            continue
        together = last.get((message.reference, message.item))
        if together and together[0].created_at == message.created_at and together[0].message == message.message:
            together.append(message)
        else:
            last[message.reference, message.item] = [message]
    by_case: dict[str, dict[str, Sent]] = {}
    for (reference, item), together in last.items():
        by_case.setdefault(reference, {})[item] = sent(workspace, together)
    return by_case


def sent(workspace: Workspace, together: list[SentMessage]) -> Sent:
    """What was said at one moment to several posts about one thing, as one message; the worst of what became of it."""
    worst = max(together, key=lambda message: list(BECAME).index(message.status) == list(BECAME).index("undeliverable"))
    to = dict.fromkeys(recipient_title(workspace.partnership, message.recipient) for message in together)
    moment = worst.sent_at or worst.next_try or worst.created_at
    return Sent(
        message_title(worst.message), listing(to), moment_words(read_stamp(moment)), BECAME.get(worst.status, "waits")
    )
