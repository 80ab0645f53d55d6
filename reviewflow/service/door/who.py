"""Who may answer an item by letter: its owner with the posts that stand behind it, and the office."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.handlers.contacts import why_unknown
from reviewflow.case.model.ids import contact_recipient, step_of
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.case.rules.recipients import recipients
from reviewflow.language.structure.contacts import replied_to
from reviewflow.service.messages.mailboxes import OFFICE_CHAIN, mailbox
from reviewflow.service.messages.recipients import reach
from reviewflow.service.workspace.context import CaseContext

OWN = ("owner", "deputy", "senior")


def answering_contact(context: CaseContext, letter: str, item: str) -> str:
    """'contact:family' where the letter of this item leads a contact to a page of that item; '' where it does not.

    Only while it is known who the contact is: one that was erased answers nothing any more.
    """
    step = context.plan.steps.get(step_of(letter))
    if step is None or replied_to(step) != item or not is_asked(context, item):
        return ""
    contact = context.plan.contact(letter, context.case)
    return "" if why_unknown(context.case, contact) else contact_recipient(contact)


def answering_post(context: CaseContext, item: str, address: str, *, own: bool = False) -> str:
    """The post with this mailbox that may answer the item, its owner first; '' when none may.

    The office may too, in whose digests everything stands, but where only what is one's `own` is asked for.

    The project's own rule: somebody above the agency is told what is late, and cannot answer in its name.
    """
    return next((post for post in _posts(context, item, own=own) if _has(context, post, address)), "")


def _posts(context: CaseContext, item: str, *, own: bool) -> Iterator[str]:
    names = OWN if context.plan.agency(item, context.case) else OWN[:2]
    yield from reach(context.partnership, recipients(names, context.plan, context.case, item), context.today)
    yield from () if own else OFFICE_CHAIN


def _has(context: CaseContext, post: str, address: str) -> bool:
    return (mailbox(context.partnership, post) or "").lower() == address.lower()


def is_asked(context: CaseContext, item: str) -> bool:
    """Whether a person owes this item now, in a case that goes on."""
    step, state = context.plan.steps.get(step_of(item)), context.case.items.get(item)
    owed = state is not None and state.status is Status.OPEN and context.case.status is CaseStatus.OPEN
    return owed and step is not None and not context.plan.is_automatic(step_of(item))
