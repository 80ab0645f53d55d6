"""What is to become of an item that is not settled, as far as the answers decide it."""

from __future__ import annotations

from enum import StrEnum, auto

from reviewflow.case.apply import is_settled
from reviewflow.case.holds import holds
from reviewflow.case.plan import Plan
from reviewflow.case.state import Case, item_id, step_of
from reviewflow.language.conditions import Is, Many, Test, leaves


class Verdict(StrEnum):
    WAIT = auto()
    OPEN = auto()
    NOT_NEEDED = auto()


def of_limit(plan: Plan, case: Case, name: str) -> Verdict:
    """A clock that depends on answers waits until all of them are given."""
    when = plan.limits[step_of(name)].when
    if when is None:
        return Verdict.OPEN
    if not is_decided(plan, case, when):
        return Verdict.WAIT
    return Verdict.OPEN if holds(plan, case, when, "") else Verdict.NOT_NEEDED


def is_decided(plan: Plan, case: Case, when: Test, key: str = "") -> bool:
    """Whether everybody has answered, or will not, what a condition asks of the owner `key`."""
    return all(is_settled(case, item) for leaf in leaves(when) for item in _asked(plan, case, leaf, key))


def _asked(plan: Plan, case: Case, leaf: Is, key: str) -> tuple[str, ...]:
    mine, items = item_id(leaf.step, key), plan.items(leaf.step, case)
    return (mine,) if leaf.many is Many.ONE and mine in items else items
