"""What a person could do now, and what an item still waits for."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import FINISHED, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.links.in_linked import awaited_in_linked
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.text import listing


def possible_items(plan: Plan, case: Case) -> list[str]:
    """The items that a person could complete now, in the order of the steps."""
    stopped = {step for name in case.holds if name in plan.holds for step in plan.holds[name].stops}
    return [
        item
        for step in plan.order
        if not plan.is_automatic(step) and step not in stopped
        for item in plan.items(step, case)
        if item in case.items and case.items[item].status is Status.OPEN and not leader_of(plan, case, item)
    ]


def still_to_do(plan: Plan, case: Case, item: str) -> str:
    """What a pending item waits for, in words: 'it waits for panel_meeting'."""
    elsewhere = (f"{name} in {other}" for name, other in awaited_in_linked(plan, case, step_of(item)))
    return f"it waits for {listing((*unfinished_before(plan, case, item), *elsewhere), none='its turn')}"


def unfinished_before(plan: Plan, case: Case, item: str) -> list[str]:
    """The items before this one that are not finished."""
    items = plan.waits_for(item, case)
    return [item for item in items if item not in case.items or case.items[item].status not in FINISHED]
