"""Members of a list that a form gathered: one joins after it was made, leaves it, or goes on for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.taking_part.agencies import fell_away, is_past
from reviewflow.case.handlers.verifying.passing_on import tell_who_goes_on
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Status, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.case.rules.timing.days_anew import days_anew
from reviewflow.language.built_in_messages import PASSED_ON
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.structure.lists import OWNING, source_of
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

UNCHANGED = "Nothing was changed."


def change_members(draft: Draft, command: c.ChangeMembers) -> None:
    """Let somebody join a list, leave it, or go on for another on it; raises Refused.

    Whoever joins owes what is done for each on it, by days that are counted from now where its own have passed. What
    whoever leaves still owed is withdrawn, or is owed by the other by the same days, and they are told so.
    """
    plan, case = draft.plan, draft.case
    reason = read_reason(command.reason)
    step, field = _list(plan, case, command.members)
    members = members_of(case, step, field)
    wrong = [*_cannot_join(plan, case, command, members), *_cannot_leave(plan, case, command, members)]
    wrong = wrong or list(_outside_bounds(_asked(plan, step, field), command, members))
    if wrong:
        raise Refused(wrong, f"{UNCHANGED} On the list: {listing(members)}.")
    steps = [name for name in plan.order if source_of(plan.steps[name]) == (step, field)]
    left = [item_id(name, command.leaves) for name in steps] if command.leaves else []
    owed = tuple(item for item in left if item in case.items and case.items[item].status not in FINISHED)
    heirs = {item: item_id(step_of(item), command.joins) for item in owed} if command.joins else {}
    again = [item_id(name, command.joins) for name in steps] if command.joins else []
    again = [item for item in again if item not in heirs.values()]
    before = {heirs[item]: plan.owner(item, case) for item in heirs if is_open(case, item)}
    event = e.MembersChanged(step, field, command.joins, command.leaves, reason, owed)
    fallen = tuple(item for item in again if _is_withdrawn(case, item))
    draft.emit(_with_days(draft, event, fallen, again))
    unasked = {item: owner for item, owner in before.items() if not plan.requests.get(step_of(item))}
    tell_who_goes_on(draft, unasked)  # whoever does the others has a letter that asks for it
    for item, owner in before.items():
        draft.emit(e.NoticeSent(item, PASSED_ON, (as_recipient(owner),)))


def _with_days(draft: Draft, event: e.MembersChanged, fallen: tuple[str, ...], items: list[str]) -> e.MembersChanged:
    """With what is owed again, and the days of that and of what the new member comes too late for."""
    plan, case = draft.plan, draft.case
    late = [item for item in items if fell_away(case, item) or is_past(plan, case, item, draft.today, draft.calendars)]
    days: Mapping[str, date] = days_anew(plan, case, late, draft.now, draft.calendars)
    return replace(event, again=fallen, due=days)


def _is_withdrawn(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].status is Status.WITHDRAWN


def lists_of(plan: Plan, case: Case) -> Iterator[tuple[str, str]]:
    """The lists of members that were made in a case, each as the step and the question that gathered it."""
    for source in dict.fromkeys(filter(None, map(source_of, plan.steps.values()))):
        state = case.items.get(source[0])
        if _asked(plan, *source).type in OWNING and state is not None and state.status in WAS_DONE:
            yield source


def members_of(case: Case, step: str, field: str) -> list[str]:
    """Who is on a list, in its order; nobody while it was not made."""
    answer = case.items[step].answers.get(field) if step in case.items else None
    return [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else []


def may_join(plan: Plan, case: Case, step: str, field: str) -> list[str]:
    """Who could be on a list, and is not."""
    asked, members = _asked(plan, step, field), members_of(case, step, field)
    known = case.agencies if asked.type is FieldType.AGENCIES else tuple(asked.options)
    return [name for name in known if name not in members and name not in (asked.alone or ())]


def _asked(plan: Plan, step: str, field: str) -> FormField:
    return plan.form(step)[field]


def _list(plan: Plan, case: Case, named: str) -> tuple[str, str]:
    """The step and the question that a list is named by, as in `book.members`; raises Refused for any other."""
    lists = [f"{step}.{field}" for step, field in lists_of(plan, case)]
    if named not in lists:
        message = f'"{plain_text(named)}" is no list of members that was made in {case.reference}.'
        raise Refused([f"{message}{suggestion(named, lists)}"], f"Lists: {listing(lists, none='none')}.")
    step, _, field = named.partition(".")
    return step, field


def _cannot_join(plan: Plan, case: Case, command: c.ChangeMembers, members: list[str]) -> Iterator[str]:
    step, _, field = command.members.partition(".")
    if not command.joins and not command.leaves:
        yield "Say who joins, who leaves, or both."
    if command.joins in members:
        yield f'"{command.joins}" is on the list already.'
    elif command.joins and command.joins not in (known := may_join(plan, case, step, field)):
        name = plain_text(command.joins)
        yield f'"{name}" cannot be on it.{suggestion(name, known)} Others: {listing(known, none="nobody")}.'


def _cannot_leave(plan: Plan, case: Case, command: c.ChangeMembers, members: list[str]) -> Iterator[str]:
    if not command.leaves:
        return
    if command.leaves not in members:
        name = plain_text(command.leaves)
        yield f'"{name}" is not on the list.{suggestion(name, members)}'
    elif members == [command.leaves] and not command.joins:
        yield f'"{command.leaves}" is the only one on it. Say who goes on for them.'
    for name, step in plan.steps.items():
        asks = step.asks.in_order if step.asks is not None else ()
        if asks == command.members and is_open(case, name) and command.leaves in plan.named_owner(name, case):
            yield f'"{command.leaves}" is asked “{step.title}” just now. Record their answer first.'


def _outside_bounds(asked: FormField, command: c.ChangeMembers, members: list[str]) -> Iterator[str]:
    """That so few, or so many, are not taken by the question; a list that breaks it already may come nearer to it."""
    before, after = len(members), len(members) + bool(command.joins) - bool(command.leaves)
    if isinstance(low := asked.at_least, int) and after < min(low, before):
        needed = f"At least {low} are needed on the list, and {after} would be left"
        yield f"{needed}. Say who goes on for them, or have somebody join first."
    if isinstance(high := asked.at_most, int) and after > max(high, before):
        taken = f"At most {high} {'is' if high == 1 else 'are'} taken on the list"
        yield f"{taken}, and it would have {after}. Say for whom they go on, or have somebody leave first."
