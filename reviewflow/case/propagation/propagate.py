"""What follows from the events so far: which items open, are not needed or wait again, and when the case is closed.

`after` waits until all that it names are finished; a false `when` makes a step not needed, and so does having only
predecessors that were not needed. One pass in the order of the steps is enough, because steps never wait in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.state import Case, CaseStatus, Status, is_finished
from reviewflow.case.plan.entries import may_grow, removed_entries
from reviewflow.case.propagation.due_days import follow_clocks, recount
from reviewflow.case.propagation.endings import (
    end_before_anything_opens,
    end_by_what_was_settled,
    end_when_kept_is_done,
)
from reviewflow.case.propagation.invitations import close_invitations
from reviewflow.case.propagation.late_warnings import tell_what_happened
from reviewflow.case.propagation.limits import follow_limit
from reviewflow.case.propagation.owners import open_for_owners
from reviewflow.case.propagation.rounds import follow_rounds, next_rounds, open_after_round
from reviewflow.case.propagation.set_dates import set_by_step
from reviewflow.case.propagation.touched import judged_in_turn
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.linked_cases import round_of, started_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.quorum import needs_only_some
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.following_rounds import follows_each_round
from reviewflow.case.rules.rounds.repeats import is_repeating, over_since
from reviewflow.case.rules.routing import Routing
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clocks
from reviewflow.case.rules.timing.waiting import wait_ended_on
from reviewflow.language.built_in_messages import LETTER_WAITS
from reviewflow.language.model import CONTRIBUTORS
from reviewflow.language.structure.extensions import asked_in
from reviewflow.language.structure.lists import names_who_is_out, source_of
from reviewflow.language.structure.owners import written_to_by_answer


def propagate(draft: Draft) -> None:
    """Emit everything that follows at once; nothing when nothing follows, so that it may be called at any time."""
    plan = draft.plan
    if end_before_anything_opens(draft):
        return
    close_invitations(draft)
    for step in judged_in_turn(draft):
        _propagate_step(draft, step)
    for limit in plan.limit_items(draft.case):
        follow_limit(draft, limit)
    end_by_what_was_settled(draft)
    if draft.case.closing:
        _let_the_rest_fall(draft)
    end_when_kept_is_done(draft)
    follow_clocks(draft)
    recount(draft, "what it counts from changed")
    tell_what_happened(draft)
    _close(draft)


def _let_the_rest_fall(draft: Draft) -> None:
    """What the ending does not keep is not needed any more, and neither are the clocks that it would stop."""
    for step in draft.plan.order:
        _propagate_step(draft, step)
    for limit in draft.plan.limit_items(draft.case):
        follow_limit(draft, limit)


_AS_IT_IS = frozenset(
    {
        (Routing.WAIT, Status.PENDING),
        (Routing.OPEN, Status.OPEN),
        (Routing.OPEN, Status.NOT_NEEDED),
        (Routing.NOT_NEEDED, Status.NOT_NEEDED),
    }
)
"""Routing and status that agree: no event. What was not needed stays so until something before it is owed again."""
_ANEW = _AS_IT_IS - {(Routing.OPEN, Status.NOT_NEEDED)}
"""The same for a step with a quorum, or that repeats: what was not needed opens as soon as it is needed after all."""
_TO_DECIDE = (Status.PENDING, Status.OPEN, Status.NOT_NEEDED)
_DECIDED = frozenset(Status) - {*_TO_DECIDE}


def _propagate_step(draft: Draft, step: str) -> None:
    plan = draft.plan
    once = step in plan.done_once
    _leave_out(draft, step)
    if once and all(_is_decided(draft.case, item) for item in plan.items(step, draft.case)):
        return
    changed: dict[Routing, list[str]] = {}
    is_listed = not once and source_of(plan.steps[step]) is not None
    if not once:
        _come_again(draft, step)
    if is_listed and (removed := removed_entries(step, plan.steps[step], draft.case)):
        draft.emit(e.EntriesRemoved(removed))
    is_wait = plan.steps[step].wait is not None
    reopens_by_itself = needs_only_some(plan, step) or is_repeating(plan, step) or _may_say_otherwise(draft, step)
    held_back = plan.is_automatic(step) and (stopped_by(plan, draft.case, step) or leader_of(plan, draft.case, step))
    for item in plan.items(step, draft.case):
        state = draft.case.items.get(item)
        status = Status.PENDING if state is None else state.status
        if status in _TO_DECIDE or (is_listed and status is Status.WITHDRAWN):
            routing = draft.routing(item)
            if routing is Routing.OPEN and status is not Status.NOT_NEEDED and held_back:
                routing = Routing.WAIT
            if (routing, status) not in (_ANEW if reopens_by_itself else _AS_IT_IS):
                changed.setdefault(routing, []).append(item)
            elif is_wait and status is Status.OPEN:
                _end_wait(draft, item)
    if Routing.WAIT in changed:
        draft.emit(e.ItemsPending(tuple(changed[Routing.WAIT])))
    if Routing.NOT_NEEDED in changed:
        _drop(draft, changed[Routing.NOT_NEEDED])
    if Routing.OPEN in changed:
        _open(draft, changed[Routing.OPEN])


def _may_say_otherwise(draft: Draft, step: str) -> bool:
    """Whether what a step goes by may say otherwise another time: who takes no part in it, or a line of its table."""
    return draft.plan.steps[step].without is not None or may_grow(draft.plan.steps[step], draft.case)


def _leave_out(draft: Draft, step: str) -> None:
    """Nothing is owed by those who take no part in a step, from the answer that says so."""
    case, (source, _) = draft.case, names_who_is_out(draft.plan.steps[step])
    if source and (out := [item for item in draft.plan.take_no_part(step, case) if not is_finished(case, item)]):
        draft.emit(e.TakeNoPart(tuple(out), source))


def _come_again(draft: Draft, step: str) -> None:
    next_rounds(draft, step)
    if again := follow_rounds(draft, step):
        for chained in draft.plan.chained[step]:  # what this round leads to, before the next one takes its place
            _propagate_step(draft, chained)
        _open(draft, again)


def _is_decided(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is not None and state.status in _DECIDED


def _drop(draft: Draft, items: list[str]) -> None:
    """Not needed; but of a repeating step the rounds that were done stand, and the open one is not one of them."""
    state = {item: draft.case.items[item] for item in items if item in draft.case.items}
    done = {item: day for item in state if (day := state[item].done) is not None}
    times = {item: number for item in state if (number := state[item].times) is not None}
    dropped = {item: number for item, number in times.items() if number and item not in done}
    for day, items_of_day in _by_day_of_their_end(draft, done):
        due = {item: state[item].due for item in items_of_day}
        counted = {item: number for item, number in times.items() if item in items_of_day}
        draft.emit(e.RoundsStopped(items_of_day, day, {item: done[item] for item in items_of_day}, due, counted))
    for day, items_of_day in _by_day_of_their_end(draft, dropped):
        due = {item: state[item].due for item in items_of_day}
        draft.emit(e.RoundsDropped(items_of_day, day, {item: dropped[item] for item in items_of_day}, due))
    if never_done := tuple(item for item in items if item not in done and item not in dropped):
        draft.emit(e.NotNeeded(never_done))


def _by_day_of_their_end(draft: Draft, items: Iterable[str]) -> list[tuple[date, tuple[str, ...]]]:
    """Items by the day on which their rounds were over: that of what ended them, today where nothing did."""
    days: dict[date, tuple[str, ...]] = {}
    for item in items:
        ended, last = over_since(draft.plan, draft.case, item), draft.case.items[item].done
        day = max(ended, last or ended) if ended is not None else draft.today
        days[day] = (*days.get(day, ()), item)
    return sorted(days.items())


def _open(draft: Draft, items: list[str]) -> None:
    plan, today = draft.plan, draft.today
    step = plan.steps[items[0].partition("/")[0]]
    contact = plan.contact(items[0], draft.case)
    if follows_each_round(plan, step_of(items[0])):
        for item in items:
            open_after_round(draft, item)
    elif step.send is None or (step.due is not None and not _reaches_nobody(draft, items[0])) or contact:
        due = {item: due_day(plan, draft.case, item, draft.calendars) for item in items}
        open_for_owners(draft, e.ItemsOpened(due, today, clocks(plan, draft.case, due, draft.calendars)))
    for item in items:
        if step.send is not None and contact:
            draft.emit(e.LetterPrepared(item, step.send, contact))
            if step.released_by:  # nobody else may, so they hear of it
                draft.emit(e.NoticeSent(item, LETTER_WAITS, tuple(map(role_recipient, step.released_by))))
        elif step.send is not None:
            to = recipients(step.to or ("owner",), plan, draft.case, item)
            draft.emit(
                e.NotNeeded((item,)) if _reaches_nobody(draft, item) else e.MessageSent(item, step.send, to, today)
            )
        elif link := started_by(draft.case, item):
            draft.emit(e.CaseStarted(item, link, today, *round_of(draft.case, item)))
        elif step.wait is not None:
            _end_wait(draft, item)
        elif step.make is not None:
            draft.emit(e.DocumentAsked(item, step.make, today))
        elif step.run is not None:
            draft.emit(e.RunAsked(item, step.run, today))
        elif step.set:
            set_by_step(draft, item)
            draft.emit(e.Completed(item, today))


def _reaches_nobody(draft: Draft, item: str) -> bool:
    """Whether an automatic message is for those who contributed, were asked or were named, and nobody was."""
    step = draft.plan.steps[step_of(item)]
    may_be_nobody = CONTRIBUTORS in step.to or bool(written_to_by_answer(step)) or any(map(asked_in, step.to))
    return may_be_nobody and not recipients(step.to, draft.plan, draft.case, item)


def _end_wait(draft: Draft, item: str) -> None:
    day = wait_ended_on(draft.plan, draft.case, item, draft.today, draft.calendars)
    if day is not None:
        draft.emit(e.Completed(item, day))


def _close(draft: Draft) -> None:
    plan = draft.plan
    if draft.case.status is not CaseStatus.OPEN:
        return
    last_first = (item for step in reversed(plan.order) for item in plan.items(step, draft.case))
    if all(is_finished(draft.case, item) for item in chain(last_first, plan.limit_items(draft.case))):
        draft.emit(e.CaseClosed(draft.today))
