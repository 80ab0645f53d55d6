"""Repeating steps: done, and owed again a rhythm later, until the step that ends their rounds is finished."""

from __future__ import annotations

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import Case, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import rounds_stop_line_by_line


def is_repeating(plan: Plan, step: str) -> bool:
    """Whether a step repeats."""
    return plan.steps[step].repeats is not None


def rounds_over(plan: Plan, case: Case, item: str) -> bool:
    """Whether what ends the rounds of an item is finished: the whole step, or where the two pair up its own line."""
    step, rhythm = step_of(item), plan.steps[step_of(item)].repeats
    if rhythm is None:
        return False
    own_line = plan.pairs(step, rhythm.until) and rounds_stop_line_by_line(case)
    ending = (item_id(rhythm.until, key_of(item)),) if own_line else plan.items(rhythm.until, case)
    return all(is_finished(case, until) for until in ending)
