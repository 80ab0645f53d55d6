"""Who is meant by the owner, a deputy, a senior lead or a role, about one item."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.state import Case, is_finished, step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.structure.lists import CONTRIBUTORS


def recipients(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """Who is meant by `owner`, `deputy`, `senior`, `designated`, `partner` or a role, about this item."""
    return tuple(dict.fromkeys(_each_recipient(names, plan, case, item)))


def _each_recipient(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> Iterator[str]:
    owed = _still_owed(plan, case, item)
    for name in names:
        if name in {"deputy", "senior", "designated", "partner"}:
            yield from (f"agency:{agency}:{name}" for each in owed if (agency := plan.agency(each, case)))
        elif name == CONTRIBUTORS:
            yield from (f"agency:{each}:contact" for item in owed for each in plan.contributors(item, case))
        elif name == "owner":
            yield from filter(None, (_owner(plan, case, each) for each in owed))
        else:
            yield f"role:{name}"


def _still_owed(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The item itself; for a limit, what would meet it and is not settled: who has answered is left in peace."""
    if not plan.is_limit(item):
        return (item,)
    return tuple(each for each in plan.items(plan.limits[step_of(item)].met_by, case) if not is_finished(case, each))


def _owner(plan: Plan, case: Case, item: str) -> str:
    step, _, key = item.partition("/")
    owner, agency = plan.owner(item, case), plan.agency(item, case)
    if not owner and agency:
        owner = f"agency:{agency}"
    elif not owner and key and isinstance(plan.steps[step].for_each, tuple):
        owner = f"role:{key}"
    return f"{owner}:contact" if owner.startswith("agency:") else owner
