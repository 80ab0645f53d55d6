"""Chasing: when the next message about something owed falls due, and which rung of its ladder is sent.

After downtime only the highest rung that has fallen due is sent; the history says which were passed over.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.correspondence.responses import decision_due, refuse_chase, remind_to_decide
from reviewflow.case.handlers.correspondence.silence import count_silence
from reviewflow.case.handlers.days.holds import refuse_held, remind_of_review
from reviewflow.case.handlers.links import remind_of_link
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_by_time
from reviewflow.case.propagation.propagate import propagate
from reviewflow.case.rules.endings_by_time import time_ends
from reviewflow.case.rules.holds import next_review, stopped_by
from reviewflow.case.rules.links.looked_at_again import look_at_link
from reviewflow.case.rules.meetings.together import leader_of, refuse_led
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.rungs import message_of, name_of, next_to_send, rung_times, rungs_passed
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.case.rules.timing.told import is_after_noon
from reviewflow.case.rules.timing.waiting import is_wait, wait_ends_at
from reviewflow.language.model import OUTSIDE, OWNER
from reviewflow.language.structure.outside import writes_outside
from reviewflow.london import london_day


def next_chase(plan: Plan, case: Case, item: str, calendars: Calendars, send_at: time) -> datetime | None:
    """The moment, in UTC, at which the sweep must look at this item next; None when it needs nothing.

    `send_at` is the office's sending time in London. A hold or a link is looked at on its review day, an ending by time
    alone when its day is over.
    """
    if case.status is not CaseStatus.OPEN:
        return None
    if LookAgain.HOLD.name_in(item):
        return next_review(plan, case, LookAgain.HOLD.name_in(item), calendars, send_at)
    if LookAgain.LINK.name_in(item):
        return look_at_link(case, item, calendars, send_at)
    if LookAgain.ENDING.name_in(item):
        return time_ends(plan, case, LookAgain.ENDING.name_in(item), calendars)
    if stopped_by(plan, case, item) or leader_of(plan, case, item):
        return None
    state = case.items[item]
    if is_wait(plan, item):
        return wait_ends_at(state)
    if state.to_decide:
        return decision_due(state, send_at)
    rung = next((message.when for message in rung_times(plan, case, item, state, calendars, send_at)), None)
    return min(
        (when for when in (rung, silence_counts(plan, case, item, state, calendars)) if when is not None), default=None
    )


def chase_due(draft: Draft, command: c.Chase) -> None:
    """Do what the sweep found due: a hold to review, a wait that is over, or a message about what is owed.

    Emits nothing when it is no longer due: somebody answered, or another sweep was first.
    """
    if LookAgain.HOLD.name_in(command.item):
        remind_of_review(draft, command)
        if LookAgain.HOLD.name_in(command.item) not in draft.case.holds and draft.events:
            propagate(draft)
    elif LookAgain.LINK.name_in(command.item):
        remind_of_link(draft, command)
    elif LookAgain.ENDING.name_in(command.item):
        if end_by_time(draft, LookAgain.ENDING.name_in(command.item)) and draft.case.status is CaseStatus.OPEN:
            propagate(draft)
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
    if leader_of(plan, case, item):
        return
    if state.to_decide:
        for reminder in remind_to_decide(plan, case, item, command.send_at, now=now, calendars=draft.calendars):
            draft.emit(reminder)
        return
    silence = silence_counts(plan, case, item, state, draft.calendars)
    if silence is not None and silence <= now:
        count_silence(draft, item, london_day(silence - timedelta(seconds=1)))
        return
    _send_highest(draft, item, command.send_at)


def _send_highest(draft: Draft, item: str, send_at: time) -> None:
    plan, case = draft.plan, draft.case
    state = case.items[item]
    passed, sent = next_to_send(plan, case, item, state, draft.now, calendars=draft.calendars, send_at=send_at)
    for message in passed:
        words = message_of(plan, case, item, message)
        draft.emit(e.PassedOver(item, message.number, *words, london_day(message.when)))
    if sent is None:
        return
    words, after_noon = message_of(plan, case, item, sent), is_after_noon(draft.now)
    if sent.tells_owner:
        draft.emit(e.OwnerTold(item, sent.number, *words, draft.today, after_noon))
    else:
        draft.emit(e.Chased(item, sent.number, len(passed), *words, draft.today, after_noon))


def chase_now(draft: Draft, command: c.ChaseByHand) -> None:
    """Send whoever is asked the last message that has fallen due, or the first when none has; raises Refused."""
    refuse_held(draft.plan, draft.case, command.item)
    refuse_led(draft.plan, draft.case, command.item)
    refuse_chase(draft.plan, draft.case, command.item, draft.today)
    draft.emit(_by_hand(draft, command.item))


def _by_hand(draft: Draft, item: str) -> e.ChasedByHand:
    plan, case = draft.plan, draft.case
    state, ladder = case.items[item], plan.ladder(step_of(item))
    assert ladder is not None
    passed = rungs_passed(plan, case, item, state, draft.now, calendars=draft.calendars)
    asked = OUTSIDE if writes_outside(ladder) else OWNER
    own_rungs = [(rung, numbers) for _, rung, numbers in ladder.numbered() if asked in rung.to]
    passed_rungs = [rung for rung, numbers in own_rungs if numbers.start < passed]
    rung = passed_rungs[-1] if passed_rungs else own_rungs[0][0] if own_rungs else ladder.rungs[0]
    names = tuple(name for name in rung.to if name in {asked, "deputy"}) or (asked,)
    return e.ChasedByHand(item, passed, name_of(rung, state), recipients(names, plan, case, item), draft.today)
