"""The contacts of a case: given, erased, and the letters to them released or refused by a named person."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.contacts_in_order import ask_next_contact
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.input_checks import read_post, read_reason
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


def release_letter(draft: Draft, command: c.ReleaseLetter) -> None:
    """Let a letter go; raises Refused when it does not wait, or who it is for is not known."""
    contact = _waiting(draft, command.item)
    if wrong := why_unknown(draft.case, contact):
        give = f"Give it: reviewflow contacts set {draft.case.reference} {contact}"
        raise Refused([wrong], f"The letter still waits. {give} - or refuse the letter.")
    role = _who_may(draft, command.item, command.by_role, "release")
    draft.emit(e.LetterReleased(command.item, contact, draft.today, role))


def refuse_letter(draft: Draft, command: c.RefuseLetter) -> None:
    """Go on without a letter, of several in order with that to the next; raises Refused when it does not wait."""
    reason, contact = read_reason(command.reason), _waiting(draft, command.item)
    role = _who_may(draft, command.item, command.by_role, "refuse")
    draft.emit(e.LetterRefused(command.item, contact, draft.today, reason, role))
    if draft.plan.steps[step_of(command.item)].until is not None:
        ask_next_contact(draft, command.item, refused=True)


def _who_may(draft: Draft, item: str, role: str, doing: str) -> str:
    """The post that releases or refuses a letter; raises Refused when the process leaves that to others."""
    may = draft.plan.steps[step_of(item)].released_by or ()
    reason = " --reason ..." if doing == "refuse" else ""
    command = f"reviewflow letters {doing} NUMBER --by NAME{reason}"
    return read_post(role, may, doing=f'{doing} the letter of "{item}"', command=command)


def _waiting(draft: Draft, item: str) -> str:
    """The contact to whom the letter of this item would go."""
    step = draft.plan.steps.get(step_of(item))
    contact = draft.plan.contact(item, draft.case) if step is not None else ""
    if not contact or not is_open(draft.case, item):
        raise Refused([f'No letter of "{item}" waits to be released in {draft.case.reference}.'], UNCHANGED)
    return contact


def _declared(plan: Plan, contact: str) -> str:
    known = plan.definition.process.contacts or {}
    if contact in known:
        return contact
    wrong = f'"{contact}" is not a contact of this process.{suggestion(contact, known)}'
    raise Refused([wrong], f"Contacts: {listing(known)}." if known else "The process declares no contacts.")
