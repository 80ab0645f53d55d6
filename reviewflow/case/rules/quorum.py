"""Several must agree, but not all of them: when enough have, and who dissented."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answers, Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import evaluate_answers


def has_quorum(plan: Plan, step: str) -> bool:
    """Whether fewer than all may be enough."""
    quorum = plan.steps[step].quorum
    return quorum is not None and quorum.number is not None


def enough_agree(plan: Plan, case: Case, item: str) -> bool:
    """Whether an answer is no longer needed; who was asked once more is asked, whatever the others said before."""
    step, state = step_of(item), case.items.get(item)
    quorum = plan.steps[step].quorum
    if quorum is None or quorum.number is None:
        return False
    since = state.round if state else 1
    return sum(_agrees(case.items.get(each), since) for each in plan.items(step, case)) >= quorum.number


def _agrees(state: Item | None, since: int) -> bool:
    done = state is not None and state.status is Status.DONE and state.round >= since
    return done and state is not None and state.manner is not Manner.DISSENT


def is_dissent(plan: Plan, step: str, answers: Answers) -> bool:
    dissent = plan.steps[step].dissent
    return dissent is not None and evaluate_answers(dissent, answers)
