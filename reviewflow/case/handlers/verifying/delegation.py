"""A verification that its owner delegates to another post for a while, and takes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Delegation, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import far_day_problems, read_reason
from reviewflow.language.built_in_messages import NOW_OWED, PASSED_ON
from reviewflow.language.structure.owners import owning_role
from reviewflow.language.structure.registers import VERIFYING
from reviewflow.text import day_words, listing


def delegate(draft: Draft, command: c.Delegate) -> None:
    """Have another post answer a step of verification from today on, or from a later day. Raises Refused.

    It is told of what is open when it begins. Delegated anew, the new post and day take the place of those before.
    Whoever owns the action may verify it no more than before.
    """
    of = _owner(draft.plan, command.step)
    reason, today = read_reason(command.reason), draft.today
    wrong = list(far_day_problems(command.until, today, draft.calendars))
    since = command.since or today
    wrong += _days_the_wrong_way(since, command.until, today)
    if command.to == of:
        wrong.append(f'"{command.step}" is with {of} already. To end a delegation, take it back: reviewflow take-back')
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    if since > today:
        draft.emit(e.DelegationPlanned(command.step, of, command.to, since, command.until, reason))
        return
    _begin(draft, command.step, Delegation(command.to, today, command.until, reason))


def _days_the_wrong_way(since: date, until: date, today: date) -> Iterator[str]:
    if since < today:
        yield f"It cannot begin on {day_words(since)}, which is over. Give today, {day_words(today)}, or a later day."
    if until < today:
        yield f"It cannot end on {day_words(until)}, which is over. Give today, {day_words(today)}, or a later day."
    elif until < since:
        yield (
            f"It would end on {day_words(until)}, before it begins on {day_words(since)}. "
            f"Give {day_words(since)} or a later day as its last."
        )


def _begin(draft: Draft, step: str, given: Delegation) -> None:
    draft.emit(e.Delegated(step, _owner(draft.plan, step), given.to, draft.today, given.until, given.reason))
    for item in _open(draft, step):
        draft.emit(e.NoticeSent(item, NOW_OWED, (role_recipient(given.to),)))


def take_back(draft: Draft, command: c.TakeBack) -> None:
    """Let the owner answer it again; the other post is told. Raises Refused where it is not delegated.

    What is delegated now is taken back first, then what is to begin on a later day.
    """
    of, reason = _owner(draft.plan, command.step), read_reason(command.reason)
    has_begun = command.step in draft.case.delegated
    given = (draft.case.delegated if has_begun else draft.case.to_delegate).get(command.step)
    if given is None:
        now = listing({**draft.case.delegated, **draft.case.to_delegate}, none="nothing")
        raise Refused([f'"{command.step}" is not delegated.'], f"Nothing was changed. Delegated: {now}.")
    draft.emit(e.DelegationEnded(command.step, of, given.to, draft.today, reason))
    if has_begun:
        _tell(draft, command.step, given.to)


def end_delegations(draft: Draft, _: c.EndDelegations) -> None:
    """Give back what was delegated until a day that is over, and begin what is to begin; nothing where none is."""
    for step, given in dict(draft.case.delegated).items():
        if given.until < draft.today and step in draft.plan.steps:
            draft.emit(e.DelegationEnded(step, _owner(draft.plan, step), given.to, draft.today))
            _tell(draft, step, given.to)
    for step, given in dict(draft.case.to_delegate).items():
        if given.since <= draft.today <= given.until and step in draft.plan.steps:
            _begin(draft, step, given)
        elif given.until < draft.today and step in draft.plan.steps and step not in draft.case.delegated:
            draft.emit(e.DelegationEnded(step, _owner(draft.plan, step), given.to, draft.today))


def _tell(draft: Draft, step: str, to: str) -> None:
    for item in _open(draft, step):
        draft.emit(e.NoticeSent(item, PASSED_ON, (role_recipient(to),)))


def _open(draft: Draft, step: str) -> Iterator[str]:
    items = draft.plan.items(step, draft.case)
    return (item for item in items if is_open(draft.case, item))


def delegable(plan: Plan) -> list[str]:
    """The steps that may be delegated: a post of the partnership verifies actions in them."""
    return [name for name, step in plan.steps.items() if step.records in VERIFYING and owning_role(step)]


def _owner(plan: Plan, step: str) -> str:
    if step not in delegable(plan):
        known = f"Steps that can: {listing(delegable(plan), none='none')}."
        raise Refused([f'"{plain_text(step)}" cannot be delegated: no post verifies actions in it.'], known)
    return owning_role(plan.steps[step])
