"""Quorum and dissent: when enough of several owners have agreed, and who did not."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answers, Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import evaluate_answers
from reviewflow.language.structure.silence import AGREED


def needs_only_some(plan: Plan, step: str) -> bool:
    """Whether a step has a quorum that fewer than all of its owners can make."""
    quorum = plan.steps[step].quorum
    return quorum is not None and quorum.number is not None


def enough_agree(plan: Plan, case: Case, item: str) -> bool:
    """Whether the quorum is met without this item. Only answers of its own round or a later one count."""
    step, state = step_of(item), case.items.get(item)
    quorum = plan.steps[step].quorum
    if quorum is None or quorum.number is None:
        return False
    since = state.round if state else 1
    return sum(_agrees(case.items.get(other), since) for other in plan.items(step, case)) >= quorum.number


def _agrees(state: Item | None, since: int) -> bool:
    if state is None or state.status is not Status.DONE or state.round < since:
        return False
    return state.manner is not Manner.DISSENT and state.counted_as in {"", AGREED}


def is_dissent(plan: Plan, step: str, answers: Answers) -> bool:
    """Whether these answers are what the process calls dissent."""
    dissent = plan.steps[step].dissent
    return dissent is not None and evaluate_answers(dissent, answers)
