"""What is to become of an item that is not settled, as far as the answers decide it."""

from __future__ import annotations

from enum import StrEnum, auto

from reviewflow.case.apply import is_settled
from reviewflow.case.holds import holds
from reviewflow.case.plan import Plan
from reviewflow.case.state import Case, step_of
from reviewflow.language.conditions import leaves


class Verdict(StrEnum):
    WAIT = auto()
    OPEN = auto()
    NOT_NEEDED = auto()


def of_limit(plan: Plan, case: Case, name: str) -> Verdict:
    """A clock that depends on answers waits until all of them are given."""
    when = plan.limits[step_of(name)].when
    if when is None:
        return Verdict.OPEN
    asked = (item for leaf in leaves(when) for item in plan.items(leaf.step, case))
    if not all(is_settled(case, item) for item in asked):
        return Verdict.WAIT
    return Verdict.OPEN if holds(plan, case, when, "") else Verdict.NOT_NEEDED
