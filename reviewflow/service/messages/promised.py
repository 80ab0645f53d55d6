"""The notices that the events of a command promise, one for each recipient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, contact_recipient
from reviewflow.case.rules.links.looked_at_again import item_of_link
from reviewflow.language.built_in_messages import OF_MOVED_DAYS, QUESTION_CAME, RECEIPTS
from reviewflow.service.messages.departure import is_urgent
from reviewflow.service.messages.notices import address_notices
from reviewflow.service.messages.text import write
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import NewNotice


def promised(
    context: CaseContext, events: Sequence[e.Event], about: tuple[str, str] | None = None
) -> Iterator[NewNotice]:
    """The notices that these events promise, with the words that hold in this context.

    `about` is an item and a message where no others are asked for: their words are not put together.
    """
    for promise in _promises(context, events):
        if about is None or about == (promise.item, promise.message):
            yield from _written(context, promise)


@dataclass(frozen=True, slots=True)
class _Promise:
    """A message that an event promises, before it has words."""

    item: str
    message: str
    to: tuple[str, ...] = ()
    urgent: bool = False
    asked: str = ""
    was: date | None = None
    contact: str = ""
    """Of a letter that somebody releases, the contact; '' of all others."""


def _promises(context: CaseContext, events: Sequence[e.Event]) -> Iterator[_Promise]:
    for event in events:
        match event:
            case (
                e.MessageSent(item, message, to)
                | e.Chased(item, _, _, message, to)
                | e.OwnerTold(item, _, message, to)
                | e.ChasedByHand(item, _, message, to)
                | e.NoticeSent(item, message, to)
                | e.DecisionDue(item, message, to)
            ):
                urgent = message in RECEIPTS | OF_MOVED_DAYS or is_urgent(context.partnership, item)
                asked = _question(events, item) if message == QUESTION_CAME else ""
                was = event.was if isinstance(event, e.NoticeSent) else None
                yield _Promise(item, message, to, urgent, asked, was)
            case e.LetterPrepared(item, message, contact):
                yield _Promise(item, message, urgent=is_urgent(context.partnership, item), contact=contact)
            case e.LateForeseen(item, message=message, to=to) | e.BackOnCourse(item, message=message, to=to) if message:
                yield _Promise(item, message, to)
            case e.HoldReviewDue(hold, message, to):
                yield _Promise(LookAgain.HOLD.of(hold), message, to)
            case e.LinkReviewDue(reference, _, message, to):
                yield _Promise(item_of_link(reference), message, to)
            case e.NothingCame(ending, message=message, to=to) if message:
                yield _Promise(LookAgain.ENDING.of(ending), message, to)


def _written(context: CaseContext, promise: _Promise) -> Iterator[NewNotice]:
    item, message, urgent = promise.item, promise.message, promise.urgent
    if promise.contact:
        words = write(context, item, message)
        yield NewNotice(item, contact_recipient(promise.contact), message, *words, urgent, to_release=True)
    else:
        yield from address_notices(
            context, item, message, promise.to, urgent=urgent, asked=promise.asked, was=promise.was
        )


def _question(events: Sequence[e.Event], item: str) -> str:
    """What was asked about an item, as it was typed."""
    return next(event.note for event in events if isinstance(event, e.Responded) and event.item == item)
