"""Ladders: when the next message about something owed falls due, and which is sent.

After downtime only the highest rung that has fallen due is sent; the history says which were passed over.
"""

from __future__ import annotations

from datetime import datetime, time

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.holds import refuse_held, remind
from reviewflow.case.handlers.responses import decision_due, refuse_chase, remind_to_decide
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import Case, CaseStatus, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.propagate import propagate
from reviewflow.case.rules.holds import next_review, stopped_by
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.rungs import Coming, fallen, highest_after_downtime, passed_by, rung_times
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.case.rules.timing.waiting import is_wait, look_again
from reviewflow.language.built_in_messages import SIGN_OFF
from reviewflow.language.model import Rung
from reviewflow.london import london_day


def next_chase(plan: Plan, case: Case, item: str, calendars: Calendars, send_at: time) -> datetime | None:
    """When this item next needs a message; None when it needs none."""
    if case.status is not CaseStatus.OPEN:
        return None
    if LookAgain.HOLD.name_in(item):
        return next_review(plan, case, LookAgain.HOLD.name_in(item), calendars, send_at)
    if stopped_by(plan, case, item):
        return None
    state = case.items[item]
    if is_wait(plan, item):
        return look_again(state)
    if state.deciding:
        return decision_due(state, send_at)
    rung = next((when for _, when in rung_times(plan, item, state, calendars, send_at)), None)
    return min((when for when in (rung, silence_counts(plan, item, state)) if when is not None), default=None)


def chase_due(draft: Draft, command: c.Chase) -> None:
    """What the sweep found due: a hold to look at again, a wait that is over, or a message about what is owed.

    Nothing when it is not due any more: somebody answered, or another sweep was first.
    """
    if LookAgain.HOLD.name_in(command.item):
        remind(draft, command)
    elif is_wait(draft.plan, command.item):
        if draft.case.status is CaseStatus.OPEN:
            propagate(draft)
    else:
        _chase(draft, command)


def _chase(draft: Draft, command: c.Chase) -> None:
    """Silence that counts, or the highest rung that has fallen due."""
    plan, case, item, now = draft.plan, draft.case, command.item, draft.now
    state = case.items.get(item)
    if state is None or case.status is not CaseStatus.OPEN or stopped_by(plan, case, item):
        return
    if state.deciding:
        for reminder in remind_to_decide(item, state, command.send_at, now=now, calendars=draft.calendars):
            draft.emit(reminder)
        return
    silence = silence_counts(plan, item, state)
    if silence is not None and silence <= now and state.due is not None:
        draft.emit(e.AgreedBySilence(item, state.due))
        propagate(draft)
        return
    coming = rung_times(plan, item, state, draft.calendars, command.send_at)
    _send_highest(draft, item, fallen(coming, now))


def _send_highest(draft: Draft, item: str, due: list[Coming]) -> None:
    passed, sent = highest_after_downtime(due)
    plan, case = draft.plan, draft.case
    state, step = case.items[item], step_of(item)
    for number, when in passed:
        rung = plan.rung(step, number)
        to = recipients(rung.to, plan, case, item)
        draft.emit(e.PassedOver(item, number, _message(rung, state), to, london_day(when)))
    if sent is not None:
        rung = plan.rung(step, sent.number)
        to = recipients(rung.to, plan, case, item)
        draft.emit(e.Chased(item, sent.number, len(passed), _message(rung, state), to, draft.today))


def chase_now(draft: Draft, command: c.ChaseByHand) -> None:
    """The message that its owner was to get last or, ahead of all, gets first; sent to them now."""
    refuse_held(draft.plan, draft.case, command.item)
    refuse_chase(draft.plan, draft.case, command.item, draft.today)
    draft.emit(_by_hand(draft, command.item))


def _message(rung: Rung, state: Item) -> str:
    """Once a draft is there, all that is missing is its approval."""
    return SIGN_OFF if "draft_received" in state.heard else rung.message


def _by_hand(draft: Draft, item: str) -> e.ChasedByHand:
    plan, case = draft.plan, draft.case
    state, ladder = case.items[item], plan.ladder(step_of(item))
    assert ladder is not None
    passed = passed_by(plan, item, state, draft.now, calendars=draft.calendars)
    own = [(rung, numbers) for _, rung, numbers in ladder.numbered() if "owner" in rung.to]
    gone = [rung for rung, numbers in own if numbers.start < passed]
    rung = gone[-1] if gone else own[0][0] if own else ladder.rungs[0]
    names = tuple(name for name in rung.to if name in {"owner", "deputy"}) or ("owner",)
    return e.ChasedByHand(item, passed, _message(rung, state), recipients(names, plan, case, item), draft.today)
