"""The next round of a step that repeats."""

from __future__ import annotations

from datetime import date
from itertools import count

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import WAS_DONE, Case, Item, Status
from reviewflow.case.plan.limits import has_an_earlier_round
from reviewflow.case.rules.edition import (
    dropped_rounds_come_again,
    held_rounds_wait,
    rounds_are_judged_by_their_answers,
    rounds_begin_again_with_what_they_follow,
    rounds_come_after_their_days,
    rounds_do_not_pass_while_stopped,
)
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.rounds.following_rounds import (
    follows_each_round,
    has_followed,
    is_held_for_its_round,
    last_round,
    nth_round,
)
from reviewflow.case.rules.rounds.repeats import is_repeating, rounds_over
from reviewflow.case.rules.routing import Routing, decide_step
from reviewflow.case.rules.timing.after_done import counts_from_done, day_after
from reviewflow.case.rules.timing.due_dates import due_day, turn_day, turn_of
from reviewflow.case.rules.timing.hours import time_named


def next_rounds(draft: Draft, step: str) -> None:
    """Open the next round of items that were done, skipped or not needed any more, unless their rounds are over."""
    plan, calendars = draft.plan, draft.calendars
    if not is_repeating(plan, step):
        return
    for item in plan.items(step, draft.case):
        state = draft.case.items.get(item)
        if state is None or not (_was_done(state) or _fell_overdue(draft, item, state)) or _waits(draft, item, state):
            continue
        if not rounds_over(plan, draft.case, item):
            behind = _behind(draft.case, state, state.done) if state.done else draft.today
            turn = _next_turn(draft, item, _last_turn(draft, item, state), behind, _idle_since(draft, state))
            since = _counted_since(draft, item, state) if turn else None
            in_rhythm = turn_day(plan, draft.case, item, turn, calendars) if since is None else None
            due = in_rhythm if since is None else day_after(plan, draft.case, item, since, calendars)
            skipped = state.status is Status.SKIPPED
            at = time_named(plan, item) if due else None
            first = (state.done, state.at) if _was_its_first(draft, item, state) else (None, None)
            draft.emit(e.RoundOpened(item, turn, draft.today, due, _times_done(state), skipped, at, since, *first))


def follow_rounds(draft: Draft, step: str) -> list[str]:
    """The items of a step after each round of another that were settled before its last round: owed again now."""
    if not follows_each_round(draft.plan, step) or _is_held_back(draft, step):
        return []
    return [item for item in draft.plan.items(step, draft.case) if _has_another_round(draft, item)]


def _is_held_back(draft: Draft, step: str) -> bool:
    """Whether what happens by itself waits: for a hold, or for the case that leads."""
    if not draft.plan.is_automatic(step) or not held_rounds_wait(draft.case):
        return False
    return bool(stopped_by(draft.plan, draft.case, step) or leader_of(draft.plan, draft.case, step))


def _has_another_round(draft: Draft, item: str) -> bool:
    state, last = draft.case.items.get(item), last_round(draft.plan, draft.case, item)
    if state is None or last is None or last[0] <= state.turn or has_followed(draft.plan, draft.case, item):
        return False
    dropped = state.status is Status.NOT_NEEDED and rounds_are_judged_by_their_answers(draft.case)
    starts = state.status is Status.OPEN and draft.plan.steps[step_of(item)].start is not None
    if not (dropped or starts or state.status in {Status.DONE, Status.SKIPPED}):
        return False
    # A case that is still to be opened for the round before decides nothing about this one.
    settled = replace(draft.case, items={**draft.case.items, item: replace(state, status=Status.DONE)})
    case = settled if starts else draft.case
    routing = decide_step(draft.plan, case, step_of(item), key_of(item), calendars=draft.calendars).routing
    return routing is Routing.OPEN


def open_after_round(draft: Draft, item: str) -> None:
    """Open an item for the last round that was done of what it follows; one that was held, for that of its own."""
    mine = draft.case.items.get(item)
    if mine is not None and is_held_for_its_round(draft.case, mine) and mine.of_round is not None:
        due = due_day(draft.plan, draft.case, item, draft.calendars)
        at = time_named(draft.plan, item) if due else None
        draft.emit(e.OwedAfterRound(item, mine.turn, mine.of_round, draft.today, due, at, mine.nth))
        return
    number, day = last_round(draft.plan, draft.case, item) or (0, draft.today)
    states = {name: state for name, state in draft.case.items.items() if name != item}
    due = due_day(draft.plan, replace(draft.case, items=states), item, draft.calendars)
    at, nth = time_named(draft.plan, item) if due else None, nth_round(draft.plan, draft.case, item)
    draft.emit(e.OwedAfterRound(item, number, day, draft.today, due, at, nth))


_PASSED = frozenset({Status.DONE, Status.SKIPPED, Status.NO_MORE})


def _was_done(state: Item) -> bool:
    return state.status in _PASSED and state.done is not None


def _was_its_first(draft: Draft, item: str, state: Item) -> bool:
    """Whether its first round has just been done, and that meets a time limit, which must know the day for good."""
    return step_of(item) in draft.plan.first_rounds and state.status in WAS_DONE and not has_an_earlier_round(state)


def _fell_overdue(draft: Draft, item: str, state: Item) -> bool:
    """Whether its first round was not needed any more before it was done, is needed now, and its day has passed."""
    if state.status is not Status.NOT_NEEDED or state.opened is None or state.due is None or state.due >= draft.today:
        return False
    if not rounds_do_not_pass_while_stopped(draft.case):
        return False
    return draft.routing(item) is Routing.OPEN


def _waits(draft: Draft, item: str, state: Item) -> bool:
    """Whether its rounds were over, and what they follow is owed again: they come again when that is done."""
    over = state.status is Status.NO_MORE and rounds_begin_again_with_what_they_follow(draft.case)
    return over and draft.routing(item) is Routing.WAIT


def _last_turn(draft: Draft, item: str, state: Item) -> int:
    """The last turn that is behind it: a round that was dropped unfinished is still to come.

    None is, where what the rounds count from was done again so late that the first day lies after the dropped round.
    """
    turn = turn_of(draft.plan, draft.case, item, state, draft.calendars)
    dropped = state.status in {Status.NO_MORE, Status.NOT_NEEDED} and dropped_rounds_come_again(draft.case)
    if dropped and state.due is not None and rounds_begin_again_with_what_they_follow(draft.case):
        first = turn_day(draft.plan, draft.case, item, 0, draft.calendars)
        turn = 0 if first is not None and first > state.due else turn
    return turn - 1 if dropped else turn


def _times_done(state: Item) -> int | None:
    """How often it was done so far; None when its earlier rounds were not counted."""
    before = state.times if state.turn or state.times else 0
    return None if before is None else before + (state.status is Status.DONE)


def _behind(case: Case, state: Item, done: date) -> date:
    """The day after which the next round is due: when this one was done.

    Of a first round with a day of its own, as a late joiner has it, that day: nothing is due twice within one rhythm.
    """
    has_its_own = state.round == 1 and state.fixed and state.original is None and state.due is not None
    if state.status is Status.NO_MORE or not has_its_own or not rounds_come_after_their_days(case):
        return done
    return max(done, state.due or done)


def _counted_since(draft: Draft, item: str, state: Item) -> date | None:
    """The day from which the next round counts, where that is not the first day of all.

    That of the round before, unless its day fell while the step was not needed: then it counts from today.
    """
    if not counts_from_done(draft.plan, item):
        return None
    if state.done is None:
        return draft.today
    idle = _idle_since(draft, state)
    day = day_after(draft.plan, draft.case, item, state.done, draft.calendars)
    return draft.today if idle is not None and idle <= day <= draft.today else state.done


def _idle_since(draft: Draft, state: Item) -> date | None:
    """Since when, before today, a step has not been needed any more: no round of the days between is owed."""
    since = state.stopped if state.status is Status.NO_MORE else None
    if since is None or since >= draft.today or not rounds_do_not_pass_while_stopped(draft.case):
        return None
    return since


def _next_turn(draft: Draft, item: str, last: int, done: date, idle_since: date | None) -> int:
    """The next round whose day comes after `done`, and not in the idle days: what was missed is not caught up."""
    days = ((turn, turn_day(draft.plan, draft.case, item, turn, draft.calendars)) for turn in count(last + 1))
    return next(
        turn
        for turn, day in days
        if day is None or (day > done and not (idle_since and idle_since <= day <= draft.today))
    )
