"""Work that passes from one post to another: who owes what from now on, and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import FINISHED, Case, Status, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.case.rules.timing.rungs import rungs_passed
from reviewflow.case.rules.timing.told import is_after_noon
from reviewflow.language.built_in_messages import NOW_OWED, PASSED_ON

Passing = e.Delegated | e.DelegationEnded


def pass_on(draft: Draft, event: Passing, *, tell_before: bool = True, tell_now: bool = True) -> None:
    """Emit it with what it moves, and tell whoever owes that now, and whoever owed it before.

    What is settled stays with whoever settled it. Whoever owes the rest now is chased from the beginning: nobody above
    them hears of it before they were told and had a working day. Of what another case does for this one too nobody is
    told: it is asked for there.
    """
    plan, before = draft.plan, draft.case
    after = apply(before, event)
    moved = {
        item: (was, now)
        for item, state in before.items.items()
        if not plan.is_limit(item) and (was := plan.owner(item, before)) != (now := plan.owner(item, after))
    }
    settled = {item: was for item, (was, _) in moved.items() if before.items[item].status in FINISHED}
    owed = tuple(item for item in moved if item not in settled)
    draft.emit(replace(event, items=owed, kept=settled))
    for item in owed:
        if before.items[item].status is Status.OPEN and not leader_of(plan, before, item):
            _tell(draft, item, *moved[item], tell_before=tell_before, tell_now=tell_now)


def who_owes(plan: Plan, case: Case) -> Mapping[str, str]:
    """By item that is owed and not done in another case, whoever owes it now."""
    owed = (item for item in case.items if is_open(case, item) and step_of(item) in plan.steps)
    owners = {item: plan.owner(item, case) for item in owed if not leader_of(plan, case, item)}
    return {item: owner for item, owner in owners.items() if owner}


def tell_other_owners(draft: Draft, before: Mapping[str, str]) -> None:
    """Tell whoever owes what somebody else owed `before`, and that one too: another version of the process says so."""
    for item, now in _by_others(draft, before).items():
        _tell(draft, item, before[item], now, tell_before=True, tell_now=True)


def tell_who_goes_on(draft: Draft, before: Mapping[str, str]) -> None:
    """Tell whoever owes what an agency owed `before` that is no more: nothing was asked of this one yet."""
    for item, now in _by_others(draft, before).items():
        _tell(draft, item, before[item], now, tell_before=False, tell_now=True)


def _by_others(draft: Draft, before: Mapping[str, str]) -> Mapping[str, str]:
    return {item: now for item, now in who_owes(draft.plan, draft.case).items() if before.get(item, now) != now}


def _tell(draft: Draft, item: str, was: str, now: str, *, tell_before: bool, tell_now: bool) -> None:
    if tell_now:
        state = draft.case.items[item]
        passed = rungs_passed(draft.plan, draft.case, item, state, draft.now, calendars=draft.calendars)
        late = is_after_noon(draft.now)
        draft.emit(e.OwnerTold(item, passed, NOW_OWED, (as_recipient(now),), draft.today, late))
    if tell_before:
        draft.emit(e.NoticeSent(item, PASSED_ON, (as_recipient(was),)))
