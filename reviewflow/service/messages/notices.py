"""The notices of one message: one for each recipient, with what each is told in addition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.rules.recipients import recipients
from reviewflow.service.messages.languages import language_of_agency
from reviewflow.service.messages.mailboxes import OFFICE_CHAIN
from reviewflow.service.messages.recipients import reach
from reviewflow.service.messages.text import write
from reviewflow.service.wording.people import in_sentence
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import NewNotice
from reviewflow.text import listing

_NO_MARK = str.maketrans("{}", "()")


def address_notices(
    context: CaseContext,
    item: str,
    message: str,
    to: tuple[str, ...],
    *,
    urgent: bool,
    asked: str = "",
    was: date | None = None,
) -> Iterator[NewNotice]:
    """A notice for each recipient of a message.

    Whoever owes the work is told who else gets it, and a stand-in for whom they stand in. A question that was `asked`
    stands first; nothing in it is taken for a mark that is filled in as the letter leaves. `was` is the day on which
    its meeting was to be.
    """
    question = f"The question: “{asked.translate(_NO_MARK)}”\n\n" if asked else ""
    written = cache(lambda language: write(context, item, message, to, was=was, language=language))
    reached = reach(context.partnership, to, context.today)
    reach_above = cache(lambda: _above(context, item, reached))
    for recipient, replaced in reached.items():
        subject, text = written(language_of_agency(context.partnership, recipient))
        if not text:
            yield NewNotice(item, recipient, message, subject, text, urgent)
            continue
        first = f"This was meant for {in_sentence(context.partnership, replaced)}, who is away.\n\n" if replaced else ""
        above = reach_above()
        also = "" if not above or recipient in above else f"\n{_goes_to(context, above)}\n"
        yield NewNotice(item, recipient, message, subject, first + question + text + also, urgent)


def _above(context: CaseContext, item: str, to: Iterable[str]) -> tuple[str, ...]:
    """The recipients above the owner, when the owner gets it too; none for a ladder of recognition."""
    if (
        LookAgain.HOLD.name_in(item)
        or LookAgain.ENDING.name_in(item)
        or LookAgain.LINK.name_in(item)
        or (step_of(item) in context.plan.steps and context.plan.is_automatic(step_of(item)))
    ):
        return ()
    ladder = context.plan.ladder(step_of(item))
    own = {*recipients(("owner", "deputy"), context.plan, context.case, item)}
    if (ladder is not None and ladder.recognition) or own.isdisjoint(to):
        return ()
    above = (recipient for recipient in to if recipient not in own and recipient not in OFFICE_CHAIN[:2])
    return tuple(recipient for recipient in above if in_sentence(context.partnership, recipient))


def _goes_to(context: CaseContext, above: tuple[str, ...]) -> str:
    people = listing(dict.fromkeys(in_sentence(context.partnership, recipient) for recipient in above))
    return f"So that you know: this message has also gone to {people}."
