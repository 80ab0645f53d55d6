"""The notices that the events of a command promise, one for each recipient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, contact_recipient
from reviewflow.case.rules.links import item_of_link
from reviewflow.language.built_in_messages import OF_MOVED_DAYS, QUESTION_CAME, RECEIPTS
from reviewflow.service.messages.departure import is_urgent
from reviewflow.service.messages.notices import address_notices
from reviewflow.service.messages.text import write
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import NewNotice


def promised(context: CaseContext, events: Sequence[e.Event]) -> Iterator[NewNotice]:
    """The notices that these events promise, with the words that hold in this context."""
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
                yield from address_notices(context, item, message, to, urgent=urgent, asked=asked, was=was)
            case e.LetterPrepared(item, message, contact):
                subject, text = write(context, item, message)
                urgent = is_urgent(context.partnership, item)
                yield NewNotice(item, contact_recipient(contact), message, subject, text, urgent, to_release=True)
            case e.LateForeseen(item, message=message, to=to) | e.BackOnCourse(item, message=message, to=to) if message:
                yield from address_notices(context, item, message, to, urgent=False)
            case e.HoldReviewDue(hold, message, to):
                yield from address_notices(context, LookAgain.HOLD.of(hold), message, to, urgent=False)
            case e.LinkReviewDue(reference, _, message, to):
                yield from address_notices(context, item_of_link(reference), message, to, urgent=False)
            case e.NothingCame(ending, message=message, to=to) if message:
                yield from address_notices(context, LookAgain.ENDING.of(ending), message, to, urgent=False)


def _question(events: Sequence[e.Event], item: str) -> str:
    """What was asked about an item, as it was typed."""
    return next(event.note for event in events if isinstance(event, e.Responded) and event.item == item)
