"""Days and lists as people say them."""

from __future__ import annotations

from datetime import date, time

from reviewflow.case.plan import Plan
from reviewflow.case.state import SETTLED, Case, Status
from reviewflow.language.phrases import clock_words
from reviewflow.language.problem import listing


def day_words(day: date) -> str:
    """'Wed 27 May 2026'."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def due_words(due: date, by: time | None) -> str:
    """'Wed 27 May 2026', or 'Wed 27 May 2026, 14:30' where hours are counted."""
    return f"{day_words(due)}, {clock_words(by)}" if by is not None else day_words(due)


def possible_items(plan: Plan, case: Case) -> list[str]:
    """What a person could complete now."""
    stopped = {step for name in case.holds if name in plan.holds for step in plan.holds[name].stops}
    return [
        item
        for step in plan.order
        if not plan.is_automatic(step) and step not in stopped
        for item in plan.items(step, case)
        if item in case.items and case.items[item].status is Status.OPEN
    ]


def still_to_do(plan: Plan, case: Case, item: str) -> str:
    """What a waiting item waits for."""
    return f"it waits for {listing(waits(plan, case, item), none='its turn')}"


def waits(plan: Plan, case: Case, item: str) -> list[str]:
    """The items before this one that are not settled."""
    items = plan.waits_for(item, case)
    return [each for each in items if each not in case.items or case.items[each].status not in SETTLED]
