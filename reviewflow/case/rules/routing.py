"""What becomes of a step or a limit that is not finished, and why. `reviewflow why` tells the same decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.state import Case, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import Verdict, evaluate, is_decided, step_is_needed
from reviewflow.case.rules.edition import kept_work_outlives_what_it_follows, rounds_are_judged_by_their_answers
from reviewflow.case.rules.links.in_linked import awaited_in_linked
from reviewflow.case.rules.quorum import enough_agree
from reviewflow.case.rules.rounds.following_rounds import as_after_round, owed_for_an_earlier_round, settled_before
from reviewflow.case.rules.rounds.repeats import rounds_over
from reviewflow.language.conditions import leaves
from reviewflow.language.structure.lists import source_of


class Routing(StrEnum):
    """What becomes of an item that is not finished."""

    WAIT = auto()
    OPEN = auto()
    NOT_NEEDED = auto()


class Cause(StrEnum):
    """Which rule decided it."""

    ENDING = auto()
    """The case is ending, and this is not what it keeps."""
    ENOUGH_AGREED = auto()
    ROUNDS_OVER = auto()
    SOMETHING_BEFORE = auto()
    ANOTHER_CASE = auto()
    """It waits for a step of a case that is linked with this one."""
    EMPTY_LIST = auto()
    MORE_TO_COME = auto()
    """It stands for the lines that may still be added to its table."""
    ALL_SAID = auto()
    """Its line says all that it would ask for."""
    ASKED_FOR = auto()
    NOBODY_ASKED = auto()
    NOTHING_BEFORE = auto()
    """Nothing that leads to it was needed."""
    CONDITION = auto()
    ITS_TURN = auto()


class Decision(NamedTuple):
    """A routing with the rule that decided it."""

    routing: Routing
    cause: Cause


def decide_step(plan: Plan, case: Case, step: str, key: str, *, calendars: Calendars) -> Decision:
    """What becomes of the unfinished item of a step that the owner `key` has."""
    item, owed = item_id(step, key), plan.steps[step]
    if case.closing and step not in plan.kept_by(case.closing):
        return Decision(Routing.NOT_NEEDED, Cause.ENDING)
    if owed.quorum is not None and enough_agree(plan, case, item):
        return Decision(Routing.NOT_NEEDED, Cause.ENOUGH_AGREED)
    if owed.repeats is not None and rounds_over(plan, case, item):
        return Decision(Routing.NOT_NEEDED, Cause.ROUNDS_OVER)
    before: list[Status] = []
    for other in plan.waits_for(item, case):
        settled = settled_before(plan, case, item, other)
        if settled is None:
            return Decision(Routing.WAIT, Cause.SOMETHING_BEFORE)
        before.append(settled)
    if not key and (source := source_of(owed)) is not None and not is_finished(case, source[0]):
        return Decision(Routing.WAIT, Cause.MORE_TO_COME)
    if plan.is_owed_by_nobody(item):
        return Decision(Routing.NOT_NEEDED, Cause.EMPTY_LIST)
    decision = decide_in_turn(plan, case, step, key, before, calendars=calendars)
    if decision.routing is Routing.OPEN and awaited_in_linked(plan, case, step):
        return Decision(Routing.WAIT, Cause.ANOTHER_CASE)
    return decision


def decide_in_turn(
    plan: Plan, case: Case, step: str, key: str, before: Sequence[Status], *, calendars: Calendars
) -> Decision:
    """What becomes of an item as if all that it waits for were finished, with these statuses.

    `decide_step` comes here once that is so; the forecast beforehand.
    """
    if plan.steps[step].optional:
        if _is_opened(case, item_id(step, key)):
            return Decision(Routing.OPEN, Cause.ASKED_FOR)
        return Decision(Routing.NOT_NEEDED, Cause.NOBODY_ASKED)
    if before and all(status is Status.NOT_NEEDED for status in before) and not _is_kept(plan, case, step):
        return Decision(Routing.NOT_NEEDED, Cause.NOTHING_BEFORE)
    if plan.says_all(step, case, key):
        return Decision(Routing.NOT_NEEDED, Cause.ALL_SAID)
    if plan.steps[step].when is None:
        return Decision(Routing.OPEN, Cause.ITS_TURN)
    # All that a step's condition asks stands before the step, so it is decided by now.
    needed = _is_needed_after_its_round(plan, case, item_id(step, key), calendars=calendars)
    return Decision(Routing.OPEN if needed else Routing.NOT_NEEDED, Cause.CONDITION)


def _is_needed_after_its_round(plan: Plan, case: Case, item: str, *, calendars: Calendars) -> Verdict:
    """Whether an item is needed; what follows each round of another goes by the answers of that round."""
    if not rounds_are_judged_by_their_answers(case):
        return step_is_needed(plan, case, item, calendars=calendars)
    if owed_for_an_earlier_round(plan, case, item):
        return True
    return step_is_needed(plan, as_after_round(plan, case, item), item, calendars=calendars)


def stays_dropped(plan: Plan, case: Case, item: str, again: Collection[str], *, calendars: Calendars) -> bool:
    """Whether an item is a limit that was never needed, by answers that none of the steps owed again gives anew."""
    state = case.items.get(item)
    if not plan.is_limit(item) or state is None or state.status is not Status.NOT_NEEDED:
        return False
    when = plan.limits[step_of(item)].when
    asked = {leaf.step for leaf in leaves(when)} if when is not None else set()
    return asked.isdisjoint(again) and decide_limit(plan, case, item, calendars=calendars) is Routing.NOT_NEEDED


def _is_kept(plan: Plan, case: Case, step: str) -> bool:
    """Whether the case is ending and a step must be done all the same, though what stood before it fell."""
    return bool(case.closing) and step in plan.kept_by(case.closing) and kept_work_outlives_what_it_follows(case)


def _is_opened(case: Case, item: str) -> bool:
    """Whether somebody opened an optional step; whether it might be opened was decided then."""
    state = case.items.get(item)
    return state is not None and state.opened_by_hand


def decide_limit(plan: Plan, case: Case, name: str, *, calendars: Calendars) -> Routing:
    """What becomes of a limit: one with a condition waits until that is decided."""
    when = plan.limits[step_of(name)].when
    if when is None:
        return Routing.OPEN
    own = step_of(name)  # of a joined case too: it asks this case's answers
    if not is_decided(plan, case, when, own, calendars=calendars):
        return Routing.WAIT
    return Routing.OPEN if evaluate(plan, case, when, own, calendars=calendars) else Routing.NOT_NEEDED
