"""The letters to contacts of a case: each is released or refused by a named person, of the posts that may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.contacts import UNCHANGED, why_unknown
from reviewflow.case.handlers.contacts_in_order import ask_next_contact
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.input_checks import read_post, read_reason
from reviewflow.language.built_in_messages import LETTER_WAITS


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


def who_may_release(plan: Plan, case: Case) -> Mapping[str, tuple[str, ...]]:
    """By letter that waits, the posts that alone may release it; none where anybody may."""
    waiting = [item for item in case.items if is_open(case, item) and step_of(item) in plan.steps]
    letters = (item for item in waiting if plan.steps[step_of(item)].send and plan.contact(item, case))
    return {item: plan.steps[step_of(item)].released_by or () for item in letters}


def tell_new_posts(draft: Draft, before: Mapping[str, Sequence[str]]) -> None:
    """Tell those who may release a letter that waits, and might not `before`: nobody else does it now."""
    for item, posts in who_may_release(draft.plan, draft.case).items():
        if item in before and (new := [post for post in posts if post not in before[item]]):
            draft.emit(e.NoticeSent(item, LETTER_WAITS, tuple(map(role_recipient, new))))


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
