"""Owners that change: whom an answer names, and those who are asked one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import contact_recipient, step_of
from reviewflow.case.model.state import Answers
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.case.rules.timing.due_dates import day_to_answer
from reviewflow.language.built_in_messages import PASSED_ON
from reviewflow.language.structure.owners import owner_in_answer


def open_for_owners(draft: Draft, event: e.ItemsOpened) -> None:
    """Open the items of one step. Where they are owed by somebody else than before, the one before is told.

    Where several are asked in order, the first is asked.
    """
    before = draft.case.items
    owners = {item: owner for item in event.items if (owner := _first_owner(draft, item))}
    was = {item: before[item].given_to for item in owners if item in before}
    kept = {item: was.get(item) or owner for item, owner in owners.items()}
    draft.emit(replace(event, items={item: _due(draft, item, event) for item in event.items}, owners=kept))
    for item, owner in owners.items():
        if kept[item] != owner:
            draft.emit(e.OwnerMoved(item, kept[item], owner))
            draft.emit(e.NoticeSent(item, PASSED_ON, (_told(draft, kept[item]),)))
        _ask(draft, item, owner)


def _first_owner(draft: Draft, item: str) -> str:
    """Who owes an item as it opens, or is written to by it, where that may change; '' elsewhere."""
    plan, step = draft.plan, step_of(item)
    if plan.steps[step].asks is not None:
        return next(iter(plan.asked_in_order(step, draft.case)), "")
    if plan.steps[step].until is not None:
        return contact_recipient(plan.contact(item, draft.case))
    return plan.named_owner(item, draft.case) if owner_in_answer(plan.steps[step]) else ""


def _due(draft: Draft, item: str, event: e.ItemsOpened) -> date | None:
    state = draft.case.items.get(item)
    if draft.plan.steps[step_of(item)].asks is None or (state is not None and state.fixed):
        return event.items[item]
    return day_to_answer(draft.plan, draft.case, step_of(item), event.opened, draft.calendars)


def ask_next(draft: Draft, item: str, said: Answers) -> bool:
    """Ask the next in order, who has as long as the one before; False where nobody is left, and nothing changes.

    Whoever did not answer is told that it is not needed any more.
    """
    plan, case, step = draft.plan, draft.case, step_of(item)
    order, was = plan.asked_in_order(step, case), plan.named_owner(item, case)
    following = next(iter(order[order.index(was) + 1 :] if was in order else order), "")
    if not following:
        return False
    due = day_to_answer(plan, draft.case, step, draft.today, draft.calendars)
    draft.emit(e.AskedNext(item, was, following, draft.today, due, said))
    if not said:
        draft.emit(e.NoticeSent(item, PASSED_ON, (_told(draft, was),)))
    _ask(draft, item, following)
    return True


def _ask(draft: Draft, item: str, owner: str) -> None:
    asks = draft.plan.steps[step_of(item)].asks
    if asks is not None:
        draft.emit(e.OwnerTold(item, 0, asks.send, (_told(draft, owner),), draft.today))


def _told(draft: Draft, owner: str) -> str:
    """Who reads what an owner is told: whoever does it for them in this case."""
    return as_recipient(draft.plan.holder(owner, draft.case))
