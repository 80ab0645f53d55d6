"""Repeating steps: done, and owed again a rhythm later, until the step that ends their rounds is finished."""

from __future__ import annotations

from reviewflow.case.model.state import Case, is_finished
from reviewflow.case.plan.plan import Plan


def is_repeating(plan: Plan, step: str) -> bool:
    """Whether a step repeats."""
    return plan.steps[step].repeats is not None


def rounds_over(plan: Plan, case: Case, step: str) -> bool:
    """Whether the step that ends the rounds is finished."""
    rhythm = plan.steps[step].repeats
    return rhythm is not None and all(is_finished(case, item) for item in plan.items(rhythm.until, case))
