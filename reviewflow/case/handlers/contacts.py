"""The contacts of a case: given and erased."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing

UNCHANGED = "Nothing was changed."


def give_contact(draft: Draft, command: c.GiveContact) -> None:
    """Record that a contact was given; raises Refused for one that the process does not declare."""
    known = _declared(draft.plan, command.contact)
    before = draft.case.contacts.get(known)
    draft.emit(e.ContactGiven(known, draft.today, changed=before is not None and before.erased is None))


def erase_contact(draft: Draft, command: c.EraseContact) -> None:
    """Record that a contact was erased; raises Refused when nothing is kept of it."""
    reason, case = read_reason(command.reason), draft.case
    if wrong := why_unknown(case, command.contact):
        raise Refused([wrong], UNCHANGED)
    draft.emit(e.ContactErased(command.contact, draft.today, reason))


def why_unknown(case: Case, contact: str) -> str:
    """Why nothing is known of who a contact is, as a sentence; '' when it is known."""
    known = case.contacts.get(contact)
    if known is None:
        return f'Who "{contact}" is has not been given for {case.reference}.'
    return f'Who "{contact}" is was erased on {day_words(known.erased)}.' if known.erased else ""


def _declared(plan: Plan, contact: str) -> str:
    known = plan.definition.process.contacts or {}
    if contact in known:
        return contact
    wrong = f'"{contact}" is not a contact of this process.{suggestion(contact, known)}'
    raise Refused([wrong], f"Contacts: {listing(known)}." if known else "The process declares no contacts.")
