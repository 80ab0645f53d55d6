"""Quorum and dissent: when enough of several owners have agreed, and who did not."""

from __future__ import annotations

from collections.abc import Sequence

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Answers, Case, Item, Manner, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.language.phrases import Quorum
from reviewflow.language.structure.silence import AGREED


def needs_only_some(plan: Plan, step: str) -> bool:
    """Whether a step has a quorum that fewer than all of its owners can make."""
    quorum = plan.steps[step].quorum
    return quorum is not None and not quorum.is_all


def enough_agree(plan: Plan, case: Case, item: str) -> bool:
    """Whether the quorum is met without this item. Only answers of its own round or a later one count."""
    step, state = step_of(item), case.items.get(item)
    if not needs_only_some(plan, step):
        return False
    since, asked = state.round if state else 1, plan.items(step, case)
    return _makes_quorum(plan, case, step, [other for other in asked if _agrees(case.items.get(other), since)])


def _makes_quorum(plan: Plan, case: Case, step: str, agreeing: Sequence[str]) -> bool:
    """Whether these items of a step make its quorum; without one all must. A share is one of all who are asked."""
    quorum = plan.definition.quorum(step) or Quorum()
    return quorum.is_met([key_of(item) for item in agreeing], len(plan.items(step, case)))


def _agrees(state: Item | None, since: int) -> bool:
    if state is None or state.status is not Status.DONE or state.round < since:
        return False
    return state.manner is not Manner.DISSENT and state.counted_as in {"", AGREED}


def is_dissent(plan: Plan, step: str, answers: Answers) -> bool:
    """Whether these answers are what the process calls dissent."""
    dissent = plan.steps[step].dissent
    return dissent is not None and evaluate_answers(dissent, answers)
