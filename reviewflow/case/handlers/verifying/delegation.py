"""What a post owes in one case, or a verification, that another post does in its place, and gives back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.verifying.passing_on import pass_on
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.arranged import Delegation
from reviewflow.case.model.ids import Recipient, role_recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import far_day_problems, read_reason
from reviewflow.language.structure.owners import owning_role
from reviewflow.language.structure.registers import VERIFYING
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing

UNCHANGED = "Nothing was changed."


def delegate(draft: Draft, command: c.Delegate) -> None:
    """Have another post do it from today on, or from a later day; both hear what they owe now. Raises Refused.

    Delegated anew, the new post and day take the place of those before; to the post itself, it is taken back. Whoever
    owns an action may verify it no more than before.
    """
    name = _named(draft, command.step)
    of, reason, today = _post(draft.plan, name), read_reason(command.reason), draft.today
    if command.to == of and name in {**draft.case.delegated, **draft.case.to_delegate}:
        take_back(draft, c.TakeBack(command.step, command.reason))
        return
    since = command.since or today
    wrong = list(_problems(draft, command, name, since))
    if wrong:
        raise Refused(wrong, UNCHANGED)
    if since > today:
        draft.emit(e.DelegationPlanned(name, of, command.to, since, command.until, reason))
        return
    _begin(draft, name, Delegation(command.to, today, command.until, reason))


def _problems(draft: Draft, command: c.Delegate, name: str, since: date) -> Iterator[str]:
    if command.until is not None:
        yield from far_day_problems(command.until, draft.today, draft.calendars)
    yield from _days_the_wrong_way(since, command.until, draft.today)
    of = _post(draft.plan, name)
    if command.to == of:
        yield f'"{command.step}" is with {of} already. To end a delegation, take it back: reviewflow take-back'
    elif comes_back := next((other for other in _onwards(draft.case, command.to) if role_recipient(other) == name), ""):
        yield (
            f"{command.to} has passed this on to {comes_back}, so it would come back to whom it is from. "
            f"Take that back first: reviewflow take-back {draft.case.reference} {command.to} --reason ..."
        )


def _onwards(case: Case, post: str) -> Iterator[str]:
    """Who does a post's work, now or from a later day on, one after the other."""
    all_given, seen = {**case.to_delegate, **case.delegated}, set[str]()
    while (given := all_given.get(role_recipient(post))) is not None and post not in seen:
        seen.add(post)
        post = given.to
        yield post


def _days_the_wrong_way(since: date, until: date | None, today: date) -> Iterator[str]:
    if since < today:
        yield f"It cannot begin on {day_words(since)}, which is over. Give today, {day_words(today)}, or a later day."
    if until is not None and until < today:
        yield f"It cannot end on {day_words(until)}, which is over. Give today, {day_words(today)}, or a later day."
    elif until is not None and until < since:
        yield (
            f"It would end on {day_words(until)}, before it begins on {day_words(since)}. "
            f"Give {day_words(since)} or a later day as its last."
        )


def _begin(draft: Draft, name: str, given: Delegation) -> None:
    of = _post(draft.plan, name)
    event = e.Delegated(name, of, given.to, draft.today, given.until, given.reason)
    pass_on(draft, event, tell_before=_is_post(name))


def take_back(draft: Draft, command: c.TakeBack) -> None:
    """Let the owner do it again; the other post is told. Raises Refused where it is not delegated.

    What is delegated now is taken back first, then what is to begin on a later day.
    """
    name, reason = _named(draft, command.step), read_reason(command.reason)
    has_begun = name in draft.case.delegated
    given = (draft.case.delegated if has_begun else draft.case.to_delegate).get(name)
    if given is None:
        now = listing(map(_as_typed, {**draft.case.delegated, **draft.case.to_delegate}), none="nothing")
        raise Refused([f'"{command.step}" is not delegated.'], f"{UNCHANGED} Delegated: {now}.")
    _end(draft, name, given, reason, has_begun=has_begun)


def _end(draft: Draft, name: str, given: Delegation, reason: str = "", *, has_begun: bool = True) -> None:
    event = e.DelegationEnded(name, _post(draft.plan, name), given.to, draft.today, reason)
    if has_begun:
        pass_on(draft, event, tell_now=_is_post(name))
    else:
        draft.emit(event)


def end_delegations(draft: Draft, _: c.EndDelegations) -> None:
    """Give back what was delegated until a day that is over, and begin what is to begin; nothing where none is."""
    for name, given in dict(draft.case.delegated).items():
        if _is_over(given, draft.today) and _is_known(draft.plan, name):
            _end(draft, name, given)
    for name, given in dict(draft.case.to_delegate).items():
        if not _is_known(draft.plan, name):
            continue
        if given.since <= draft.today and not _is_over(given, draft.today):
            _begin(draft, name, given)
        elif _is_over(given, draft.today) and name not in draft.case.delegated:
            _end(draft, name, given, has_begun=False)


def _is_over(given: Delegation, today: date) -> bool:
    return given.until is not None and given.until < today


def _is_known(plan: Plan, name: str) -> bool:
    return _is_post(name) or name in plan.steps


def delegable(plan: Plan) -> list[str]:
    """The steps that may be delegated: a post of the partnership verifies actions in them."""
    return [name for name, step in plan.steps.items() if step.records in VERIFYING and owning_role(step)]


def _is_post(name: str) -> bool:
    return Recipient.parse(name).kind == "role" and ":" in name


def _as_typed(name: str) -> str:
    return Recipient.parse(name).name if _is_post(name) else name


def _post(plan: Plan, name: str) -> str:
    """The post that owes what is delegated under this name: the post itself, or the owner of the step."""
    return Recipient.parse(name).name if _is_post(name) else owning_role(plan.steps[name])


def _named(draft: Draft, typed: str) -> str:
    """Under which name a step or post, 'chair' or 'role:chair', is delegated; raises Refused for any that cannot be."""
    plan, posts = draft.plan, draft.plan.posts(draft.case)
    if typed in delegable(plan):
        return typed
    if typed not in plan.steps and (post := _as_typed(typed)) in posts:
        return role_recipient(post)
    known = f"Posts: {listing(posts, none='none')}. Steps: {listing(delegable(plan), none='none')}."
    raise Refused([_why_not(draft, typed, posts)], known)


def _why_not(draft: Draft, typed: str, posts: Collection[str]) -> str:
    case, named = draft.case, plain_text(typed)
    if typed in draft.plan.steps:
        return f'"{named}" cannot be delegated: no post verifies actions in it. Name the post that owes it.'
    if typed in case.agencies:
        return (
            f'"{named}" is an agency, and only what a post owes passes to another. Where it takes part no more: '
            f"reviewflow agency {case.reference} --remove {named} --reason ..."
        )
    return f'"{named}" owes nothing in {case.reference}.{suggestion(typed, posts)}'
