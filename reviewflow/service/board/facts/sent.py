"""What was sent about what, to whom, and what became of it; never its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.language.model import Message
from reviewflow.london import read_stamp
from reviewflow.service.board.facts.shapes import Sent
from reviewflow.service.wording.message_words import message_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.redacted_items import opaque_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import DamagedRow
from reviewflow.store.records import TO_RELEASE, SentMessage
from reviewflow.text import moment_words

TO_GO = "still to go"
BECAME = {
    TO_RELEASE: "to release",
    "queued": TO_GO,
    "sending": TO_GO,
    "sent": "sent",
    "undeliverable": "did not arrive",
    "withdrawn": "withdrawn",
}
ORDER = ("sent", "did not arrive", TO_GO, "to release", "withdrawn")
NOT_SENT = frozenset({"withdrawn"})
LEFT = frozenset({"sent", "did not arrive"})


def messages_of(workspace: Workspace, reference: str) -> Mapping[str, Message]:
    """The messages of the process of a case, by which people call what was sent; none of a case that cannot be read."""
    row = workspace.store.load(reference)
    try:
        return workspace.plan(row.definition).definition.messages if row is not None else {}
    except DamagedRow:
        return {}


def last_sent(workspace: Workspace, about: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Sent]:
    """By case and item as it is shown, the last message that left, and with it what goes next.

    Where none has left it is the last that is to go. What was withdrawn is none; what went out together is one.
    """
    last: dict[bool, dict[tuple[str, str], list[SentMessage]]] = {True: {}, False: {}}
    references = dict.fromkeys(reference for reference, _ in about)
    for message in chain.from_iterable(map(workspace.store.messages, references)):
        for item in (message.item, _opaque(message.item)):
            if message.status not in NOT_SENT and (message.reference, item) in about:
                alike = last[became(message) in LEFT]
                alike[message.reference, item] = _together(alike.get((message.reference, item), []), message)
    left, to_go = ({about: sent(workspace, several) for about, several in last[which].items()} for which in last)
    following = {about: to_go[about] for about in left.keys() & to_go.keys()}
    return to_go | left | {about: replace(left[about], following=f"{f.what}, {f.at}") for about, f in following.items()}


def _together(before: list[SentMessage], message: SentMessage) -> list[SentMessage]:
    same = before and (before[0].created_at, before[0].message) == (message.created_at, message.message)
    return [*before, message] if same else [message]


def _opaque(item: str) -> str:
    """As an entry of a list is shown where many look."""
    return item_id(step_of(item), opaque_key(key_of(item))) if key_of(item) else item


def sent(workspace: Workspace, together: list[SentMessage]) -> Sent:
    """What was said at one moment to several posts about one thing, as one message; the worst of what became of it."""
    worst = max(together, key=lambda message: list(BECAME).index(message.status) == list(BECAME).index("undeliverable"))
    to = dict.fromkeys(recipient_title(workspace.partnership, message.recipient) for message in together)
    what = message_title(messages_of(workspace, worst.reference), worst.message)
    return Sent(what, tuple(to), moment_words(read_stamp(moment_of(worst))), became(worst))


def moment_of(message: SentMessage) -> str:
    """When it left; of one that is still to go, when it goes; of any other, when it was written. In UTC."""
    goes = message.next_try if became(message) == TO_GO else None
    return message.sent_at or goes or message.created_at


def became(message: SentMessage) -> str:
    """What became of it, in a word or two."""
    return BECAME.get(message.status, TO_GO)


def sent_counts(became: Iterable[str]) -> str:
    """'7 sent, 3 still to go, 8 withdrawn': of these messages how many became what; '' of none."""
    counts = Counter(became)
    return ", ".join(f"{counts[word]} {word}" for word in dict.fromkeys(ORDER) if counts[word])
