"""Whether somebody has heard of what is asked of them, in a letter that left the building."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from reviewflow.case.model.ids import Recipient
from reviewflow.case.plan.plan import Plan
from reviewflow.language.built_in_messages import (
    CASE_ENDED,
    CASE_GOES_ON,
    LETTER_WAITS,
    OF_EARLIER_LETTERS,
    OF_ENDED_WORK,
    OF_REVIVED_WORK,
)
from reviewflow.service.messages.fields.day_fields import asked_of

UNDELIVERED = "undelivered"
"""The report to the office that a message did not arrive. No change of the office's files can drop its words."""
_ABOUT_LETTERS = OF_EARLIER_LETTERS | OF_REVIVED_WORK | {CASE_GOES_ON, LETTER_WAITS, UNDELIVERED}
"""What is about another letter, and asks nobody for the item itself."""


class HeardMessage(Protocol):
    """A message of a case."""

    @property
    def item(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def status(self) -> str: ...


_Message = TypeVar("_Message", bound=HeardMessage)


def heard_by(recipient: str, messages: Sequence[_Message]) -> Sequence[_Message]:
    """The messages of a case of which a recipient heard; of a body outside those alone that it got itself.

    What is asked of it is told to posts here too, which do not tell it.
    """
    if not Recipient.parse(recipient).is_outside:
        return messages
    return [message for message in messages if message.recipient == recipient]


def was_heard_of(plan: Plan, item: str, messages: Iterable[HeardMessage]) -> bool:
    """Whether one of the messages of its case that left asked for this item, or reminded of it."""
    return any(
        other.status == "sent" and other.message not in _ABOUT_LETTERS
        for other in messages
        if other.item == item or item in asked_of(plan, other.item)
    )


def was_told_it_is_over(item: str, recipient: str, messages: Iterable[HeardMessage]) -> bool:
    """Whether a message that left told this post that an item is not needed any more, or does not come."""
    return any(
        (other.item, other.recipient, other.status) == (item, recipient, "sent")
        for other in messages
        if other.message in OF_ENDED_WORK
    )


def knows_it_is_over(plan: Plan, item: str, recipient: str, messages: Iterable[HeardMessage]) -> bool:
    """Whether the last that this post read of an item is that it is not needed any more. Messages as they were written.

    Where rounds come again nobody hears so until a reminder does, and who heard of the end hears of no second one.
    """
    knows = False
    for other in messages:
        if other.status != "sent":
            continue
        if other.message in OF_ENDED_WORK and (other.item, other.recipient) == (item, recipient):
            knows = True
        elif was_heard_of(plan, item, [other]) or (other.item == item and other.message in OF_REVIVED_WORK):
            knows = False
    return knows


def was_told_it_ended(recipient: str, messages: Iterable[HeardMessage]) -> bool:
    """Whether a message that left told this post that the case ended early."""
    return any((other.message, other.recipient, other.status) == (CASE_ENDED, recipient, "sent") for other in messages)
