"""Chasing starts when the work does: nobody above its owner hears of an item before the owner was told and had time.

The project's own rule (design, decision 4). It does not hold for rungs counted in hours, for steps that the process
calls a matter of safety, and for national limits: these never wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import ItemId, item_id, step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.recipients import recipients
from reviewflow.language.model import CONTRIBUTORS, Rung

OWN = ("owner", "deputy", CONTRIBUTORS)
"""The names that stand for those who do the work, or do it in the owner's place."""
A_WORKING_DAY = 2
"""The day of the telling is not counted and the working day after it is the owner's, so the next is the first."""


def waits_for_owner(plan: Plan, case: Case, item: str) -> bool:
    """Whether escalations of an item wait until its owner was told and had a working day."""
    if not edition.chasing_starts_with_the_work(case):
        return False
    step = plan.steps.get(step_of(item))
    if step is None:
        return plan.limits[step_of(item)].national is None
    return not step.safety


def escalates(plan: Plan, case: Case, item: str, rung: Rung) -> bool:
    """Whether a rung, on the due day or after it, goes to somebody besides those who do the work."""
    if rung.when.before or set(rung.to) <= set(OWN):
        return False
    return not set(recipients(rung.to, plan, case, item)) <= set(recipients(OWN, plan, case, item))


def told_on(plan: Plan, case: Case, item: str, state: Item) -> date | None:
    """The first day of this round on which the owner was told that it is theirs, or answered; None when not yet.

    A local limit has no owner of its own: it counts as told on the day on which it began to run.
    """
    if plan.is_limit(item):
        return state.opened
    days = [*state.chased, *state.responses.values(), *_requested(plan, case, item, state)]
    return min(days, default=None)


def _requested(plan: Plan, case: Case, item: str, state: Item) -> Iterator[date]:
    """The days since it was opened on which an automatic step asked its owner for it."""
    name, key = ItemId.parse(item)
    for step in plan.requests.get(name, ()):
        request = case.items.get(item_id(step, key)) or case.items.get(step)
        day = request.done if request is not None and request.status is Status.DONE else None
        if day is not None and (state.opened is None or day >= state.opened):
            yield day


def may_escalate_from(told: date, calendars: Calendars) -> date:
    """The first day on which others may hear of an item whose owner was told on this day."""
    return calendars[OFFICE].add_working_days(told, A_WORKING_DAY)
