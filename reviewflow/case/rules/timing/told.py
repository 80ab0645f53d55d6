"""Chasing starts when the work does: nobody above its owner hears of an item before the owner was told and had time.

The project's own rule (design, decision 4). It does not hold for rungs counted in hours, for steps that the process
calls a matter of safety, and for national limits: these never wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import ItemId, item_id, step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.recipients import recipients
from reviewflow.language.model import CONTRIBUTORS, Ladder, Rung
from reviewflow.language.structure.outside import writes_outside
from reviewflow.london import LONDON

OWN = ("owner", "deputy", "designated", CONTRIBUTORS)
"""The names that stand for those who do the work, do it in the owner's place, or help with it."""
NOON = time(12)


def waits_for_owner(plan: Plan, case: Case, item: str) -> bool:
    """Whether escalations of an item wait until its owner was told and had a working day.

    Nobody is late where a body outside is asked: what its ladder tells others is no escalation of its owner.
    """
    if not edition.chasing_starts_with_the_work(case):
        return False
    step = plan.steps.get(step_of(item))
    if step is None:
        return plan.limits[step_of(item)].national is None
    return step.safety is not True and not writes_outside(plan.ladder(step_of(item)))


def escalating_rungs(plan: Plan, case: Case, item: str, ladder: Ladder) -> frozenset[int]:
    """The places of the rungs after the due day that go to somebody besides those who do the work."""
    after = {place: rung for place, rung in enumerate(ladder.rungs) if _may_escalate(rung)}
    own = set(recipients(OWN, plan, case, item)) if after else set[str]()
    return frozenset(
        place for place, rung in after.items() if not own.issuperset(recipients(rung.to, plan, case, item))
    )


def _may_escalate(rung: Rung) -> bool:
    return not rung.when.before and rung.when.span is not None and not set(rung.to) <= set(OWN)


class FirstTold(NamedTuple):
    """When an owner was first told, in this round, that an item is theirs."""

    day: date
    after_noon: bool
    """Too late in the day for the day itself to count as one that they had."""


def told_on(plan: Plan, case: Case, item: str, state: Item) -> FirstTold | None:
    """When the owner was first told of it in this round, or answered; None when not yet.

    A local limit has no owner of its own: it counts as told on the day on which it began to run.
    """
    if plan.is_limit(item):
        return FirstTold(state.opened, after_noon=True) if state.opened else None
    others = (*state.responses.values(), *_requested(plan, case, item, state))
    told = [FirstTold(day, state.told_after_noon) for day in state.chased[:1]]
    return min([*told, *(FirstTold(day, after_noon=True) for day in others)], default=None)


def _requested(plan: Plan, case: Case, item: str, state: Item) -> Iterator[date]:
    """The days since it was opened on which an automatic step asked its owner for it."""
    name, key = ItemId.parse(item)
    for step in plan.requests.get(name, ()):
        request = case.items.get(item_id(step, key)) or case.items.get(step)
        day = request.done if request is not None and request.status is Status.DONE else None
        if day is not None and (state.opened is None or day >= state.opened):
            yield day


def is_after_noon(now: datetime) -> bool:
    """Whether less than half of the working day is left, in London."""
    return now.astimezone(LONDON).time() > NOON


def may_escalate_from(told: FirstTold, calendars: Calendars) -> date:
    """The first day on which others may hear of an item: a working day after its owner was told of it.

    The day of the telling counts as theirs where they were told before noon; otherwise it is the next working day.
    """
    return calendars[OFFICE].add_working_days(told.day, 2 if told.after_noon else 1)
