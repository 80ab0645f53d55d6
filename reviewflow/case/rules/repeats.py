"""Steps that come again: done, and owed anew a rhythm later, until the step that ends them is settled."""

from __future__ import annotations

from reviewflow.case.model.state import Case, is_finished
from reviewflow.case.plan.plan import Plan


def comes_again(plan: Plan, step: str) -> bool:
    return plan.steps[step].repeats is not None


def rounds_over(plan: Plan, case: Case, step: str) -> bool:
    """Whether the step that ends the rounds is settled."""
    rhythm = plan.steps[step].repeats
    return rhythm is not None and all(is_finished(case, item) for item in plan.items(rhythm.until, case))
