"""A case that is over: what is said of it, and what may still be recorded in it."""

from __future__ import annotations

from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, is_finished
from reviewflow.case.plan.plan import Plan


def over(plan: Plan, case: Case) -> Refused:
    """The refusal of a command for a case in which nothing is owed any more, with what is possible instead."""
    how = f" ({plan.definition.title(case.ending)})" if case.ending else ""
    converted = case.links.get(case.ending)
    possible = "To go on, reopen a step."
    if case.status is CaseStatus.WITHDRAWN or converted:
        possible = f"It goes on as {converted}." if converted else "Its history can be read."
    return Refused([f"{case.reference} is {case.status}{how}; nothing is owed in it any more."], possible)


def still_kept(plan: Plan, case: Case) -> tuple[str, ...]:
    """The steps that the ending which the case is taking keeps, and that are not done: it is over with the last."""
    kept = plan.kept_by(case.closing)
    return tuple(step for step in kept if not all(is_finished(case, item) for item in plan.items(step, case)))
