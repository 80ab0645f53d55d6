"""The letters to contacts of a case: each is released or refused by a named person, of the posts that may."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.contacts import UNCHANGED, why_unknown
from reviewflow.case.handlers.contacts_in_order import ask_next_contact
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import is_open
from reviewflow.case.rules.input_checks import read_post, read_reason


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
