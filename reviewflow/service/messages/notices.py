"""The notices of one message: who gets it, and what each of them is told besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.rules.recipients import recipients
from reviewflow.service.messages.mailboxes import OFFICE_CHAIN
from reviewflow.service.messages.recipients import reach
from reviewflow.service.messages.text import write
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import NewNotice
from reviewflow.text import listing


def addressed(
    context: CaseContext, item: str, message: str, to: tuple[str, ...], *, urgent: bool
) -> Iterator[NewNotice]:
    """A notice for each who gets it; whoever owes the work is told who else does, and a stand-in for whom."""
    subject, text = write(context, item, message)
    reached = reach(context.partnership, to, context.today)
    above = _above(context, item, reached)
    for each, meant in reached.items():
        first = f"This was meant for {recipient_title(context.partnership, meant)}, who is away.\n\n" if meant else ""
        also = "" if not above or each in above else f"\n{_goes_to(context, above)}\n"
        yield NewNotice(item, each, message, subject, first + text + also, urgent)


def _above(context: CaseContext, item: str, to: Iterable[str]) -> tuple[str, ...]:
    """Those who get it besides the owner and their deputy, when an owner gets it too; recognition tells on nobody."""
    if LookAgain.HOLD.name_in(item) or (
        step_of(item) in context.plan.steps and context.plan.is_automatic(step_of(item))
    ):
        return ()
    ladder = context.plan.ladder(step_of(item))
    own = {*recipients(("owner", "deputy"), context.plan, context.case, item)}
    if (ladder is not None and ladder.recognition) or own.isdisjoint(to):
        return ()
    return tuple(each for each in to if each not in own and each not in OFFICE_CHAIN[:2])


def _goes_to(context: CaseContext, above: tuple[str, ...]) -> str:
    people = listing(dict.fromkeys(recipient_title(context.partnership, each) for each in above))
    return f"So that you know: this message has also gone to {people}."
