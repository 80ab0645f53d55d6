"""Steps after a step that repeats: owed again after each round of it, or once, when its rounds are over."""

from __future__ import annotations

from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import rounds_done_lead_on, rounds_that_are_held_stay_owed
from reviewflow.case.rules.rounds.repeats import times_done
from reviewflow.language.model import AfterRound


def follows_each_round(plan: Plan, step: str) -> bool:
    """Whether a step is owed again after each round of a step that repeats."""
    return step in plan.steps and plan.steps[step].after_round is AfterRound.EACH


def settled_before(plan: Plan, case: Case, item: str, other: str) -> Status | None:
    """How something that an item waits for was settled; None while the item must wait for it."""
    state = case.items.get(other)
    if state is None:
        return None
    if state.status in FINISHED:
        return None if _comes_again(plan, case, item, other) else _as_it_was_done(case, state)
    if not (follows_each_round(plan, step_of(item)) and has_rounds(plan, step_of(other))):
        return None
    mine = case.items.get(item)
    owed_now = mine is not None and mine.status is Status.OPEN
    runs = state.status is Status.OPEN or is_held_for_its_round(case, state)
    return Status.DONE if runs and (state.done is not None or owed_now) else None


def is_held_for_its_round(case: Case, state: Item) -> bool:
    """Whether an item was owed after a round, and stands still: what is sent back belongs to no round any more."""
    is_of_a_round = state.nth is not None and state.of_round is not None
    return state.status is Status.PENDING and is_of_a_round and rounds_that_are_held_stay_owed(case)


def _as_it_was_done(case: Case, state: Item) -> Status:
    """How it was settled; of what came again and whose last round fell, the rounds before that were done."""
    was_done = state.status is Status.NOT_NEEDED and bool(state.times) and rounds_done_lead_on(case)
    return Status.NO_MORE if was_done else state.status


def _comes_again(plan: Plan, case: Case, item: str, other: str) -> bool:
    """Whether what is finished may be owed again, and the item waits for the last round of it."""
    if plan.steps[step_of(item)].after_round is not AfterRound.LAST or not follows_each_round(plan, step_of(other)):
        return False
    return any(_runs(case, round_of) for round_of in repeating_before(plan, case, other))


def _runs(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is None or state.status not in FINISHED


def repeating_before(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The items of repeating steps that an item comes after, also through a step that is owed after each round."""
    found: list[str] = []
    for other in plan.waits_for(item, case):
        if plan.steps[step_of(other)].repeats is not None:
            found.append(other)
        elif follows_each_round(plan, step_of(other)):
            found += repeating_before(plan, case, other)
    return tuple(found)


def has_rounds(plan: Plan, step: str) -> bool:
    """Whether it comes again by its file: a step that repeats, or one that follows each round of it."""
    return step in plan.steps and (plan.steps[step].repeats is not None or follows_each_round(plan, step))


def last_round(plan: Plan, case: Case, item: str) -> tuple[int, date] | None:
    """The number of the last round that was done of what an item follows, and its day; None before the first.

    In a chain it is the round of the step just before, and the day on which that was done.
    """
    chained = [
        (state.turn, state.done)
        for other in plan.waits_for(item, case)
        if follows_each_round(plan, step_of(other))
        and (state := case.items.get(other)) is not None
        and state.status is Status.DONE
        and state.done is not None
    ]
    if follows_each_round(plan, step_of(item)) and chained:
        return max(chained)
    rounds = [
        (state.round if state.status is Status.DONE else state.round - 1, state.done)
        for other in repeating_before(plan, case, item)
        if (state := case.items.get(other)) is not None
        and state.done is not None
        and state.status is not Status.SKIPPED
    ]
    return max(rounds, default=None)


def nth_round(plan: Plan, case: Case, item: str) -> int:
    """How often what an item follows was done by now; in a chain, how often what that follows was done before it."""
    chained = [
        (state.turn, state.nth or state.turn)
        for other in plan.waits_for(item, case)
        if follows_each_round(plan, step_of(other))
        and (state := case.items.get(other)) is not None
        and state.status is Status.DONE
    ]
    if chained:
        return max(chained)[1]
    return max((times_done(case, other) for other in repeating_before(plan, case, item)), default=0)


def has_followed(plan: Plan, case: Case, item: str) -> bool:
    """Whether an item has followed the last round that was done: an open one that fell, and came anew, was not."""
    mine, rounds = case.items.get(item), repeating_before(plan, case, item)
    return mine is not None and bool(mine.nth) and len(rounds) == 1 and nth_round(plan, case, item) == mine.nth


def owed_for_an_earlier_round(plan: Plan, case: Case, item: str) -> bool:
    """Whether an item is owed, or held, for a round before the last: the answers of its own are kept no longer."""
    mine = case.items.get(item)
    if mine is None or mine.of_round is None:
        return False
    if mine.status is not Status.OPEN and not is_held_for_its_round(case, mine):
        return False
    if not follows_each_round(plan, step_of(item)):
        return False
    last = last_round(plan, case, item)
    return last is None or last[0] > mine.turn


def as_after_round(plan: Plan, case: Case, item: str) -> Case:
    """The case in which the repeating step before an item is done on the day from which the item's day counts.

    After each round that is the round's day. After the last it is the day on which the rounds were over, because nobody
    could know before that there would be no other.
    """
    step = plan.steps.get(step_of(item))
    if step is None or step.after_round is None:
        return case
    mine, days = case.items.get(item), {}
    for other in _counted_from(plan, case, item):
        state = case.items.get(other)
        day = _counted_day(state, mine, step.after_round) if state is not None else None
        if state is not None and day is not None:
            days[other] = replace(state, status=Status.DONE, done=day)
    return replace(case, items={**case.items, **days}) if days else case


def _counted_from(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The items with rounds from which an item's day may count: in a chain those just before it."""
    if not follows_each_round(plan, step_of(item)):
        return repeating_before(plan, case, item)
    return tuple(other for other in plan.waits_for(item, case) if has_rounds(plan, step_of(other)))


def _counted_day(state: Item, mine: Item | None, rounds: AfterRound) -> date | None:
    if rounds is AfterRound.EACH:
        return mine.of_round if mine is not None and mine.of_round is not None else state.done
    over = [day for day in (state.done, state.stopped) if day is not None]
    return max(over, default=None) if state.status in FINISHED else None
