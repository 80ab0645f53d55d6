"""Sending work back: an item and all that depends on it are owed anew, owner by owner where steps pair up."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import FINISHED, Case, Status
from reviewflow.case.plan.limits import has_an_earlier_round
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import rounds_begin_again_with_what_they_follow
from reviewflow.case.rules.rounds.following_rounds import follows_each_round, is_held_for_its_round, repeating_before


def affected(plan: Plan, case: Case, target: str, *, without: str = "") -> tuple[str, ...]:
    """The item, and every item and limit that depends on it and has already opened or finished.

    Not the item `without`, nor what depends on the others through that alone.
    """
    reached: dict[str, set[str]] = {step_of(target): {target}}
    for step in plan.order:
        items = set(plan.items(step, case)) - {without}
        for other, paired in plan.before[step]:
            if other in reached:
                keys = {key_of(item) for item in reached[other]}
                hit = {item for item in items if key_of(item) in keys} if paired else items
                reached.setdefault(step, set()).update(hit)
            elif not paired and plan.definition.gathers_more(other) in reached:
                reached.setdefault(step, set()).update(items)
    items_reached = [item for step in plan.order for item in sorted(reached.get(step, ()))]
    more = {step for step in plan.order if plan.definition.gathers_more(step) in reached}
    limits = ended_limits(plan, case, {*more, *(step for step, items in reached.items() if items)})
    return (*_again(plan, case, target, items_reached), *limits)


def _again(plan: Plan, case: Case, target: str, reached: Iterable[str]) -> tuple[str, ...]:
    """Those that are owed again: none for a round of long ago, where those that it followed are over and stay done."""
    again: dict[str, None] = {}
    for item in reached:
        followed = (
            item != target and again.keys().isdisjoint(plan.waits_for(item, case)) and _followed(plan, case, item)
        )
        if _to_redo(case, item) and not followed:
            again[item] = None
    return tuple(again)


def _followed(plan: Plan, case: Case, item: str) -> bool:
    """Whether it followed each of rounds that are over."""
    if not follows_each_round(plan, step_of(item)) or not rounds_begin_again_with_what_they_follow(case):
        return False
    rounds = [case.items.get(other) for other in repeating_before(plan, case, item)]
    return bool(rounds) and all(state is not None and state.status is Status.NO_MORE for state in rounds)


def ended_limits(plan: Plan, case: Case, steps: Collection[str]) -> list[str]:
    """The time limits that one of these steps met, and that have ended: they run again with it.

    Of several steps that meet it the one that was done first met it; sending back another changes nothing.
    """
    met = [item for item in plan.limit_items(case) if _meeting(plan, case, item) & {*steps}]
    return [item for item in met if _has_ended(case, item)]


def _meeting(plan: Plan, case: Case, limit: str) -> set[str]:
    """The steps that met a limit, as far as they can be done once more: no first round that others have followed."""
    by_first_round = plan.limits[step_of(limit)].by_first_round
    return {
        step_of(item)
        for item in plan.watched(limit, case)
        if step_of(item) not in by_first_round or _first_round_is_over(case, item)
    }


def _first_round_is_over(case: Case, item: str) -> bool:
    """Whether an item was done, or left out, and no other round of it has followed."""
    state = case.items.get(item)
    return state is not None and state.status in FINISHED and not has_an_earlier_round(state)


def _to_redo(case: Case, item: str) -> bool:
    state = case.items.get(item)
    if state is None or is_held_for_its_round(case, state):
        return state is not None
    return state.status not in {Status.PENDING, Status.WITHDRAWN, Status.NO_MORE}


def _has_ended(case: Case, limit: str) -> bool:
    """Whether a limit was met or dropped, and so must run again; one that still runs goes on as it is."""
    return limit in case.items and case.items[limit].status in FINISHED


def targets(plan: Plan, case: Case, item: str, target_step: str) -> tuple[str, ...]:
    """The items of `target_step` that an answer of `item` sends back: the same owner's where the steps pair up."""
    mine = item_id(target_step, key_of(item))
    candidates = (mine,) if plan.pairs(step_of(item), target_step) else plan.items(target_step, case)
    return tuple(target for target in candidates if _to_redo(case, target))
