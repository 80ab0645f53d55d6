"""What a rehearsal waits for before it does work whose day is not known yet."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendar
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.rounds.following_rounds import has_rounds
from reviewflow.language.conditions import leaves

ROUNDS_SEEN = 2
"""How many rounds of what comes again are done before what ends them, where that has no day of its own."""


def awaited(plan: Plan, case: Case, item: str, office: Calendar) -> list[date]:
    """The office's days after those of other open work, while a step from which an item's day counts is not done.

    When that step is done, the day of the item is known: of the later of several days it must not be guessed before.
    What comes again, and what follows each round, is not waited for, because it may end only with the item. What has no
    day at all and may end the case or rounds waits too: nobody knows that it would come first, and the rest of the
    route is to be seen. Of the rounds that it ends, so many are.
    """
    name = step_of(item)
    if not ends_rounds(plan, name) and not _may_end_it(plan, name) and _knows_its_day(plan, case, name):
        return []
    return [
        office.add_working_days(state.due, 1)
        for other, state in case.items.items()
        if other != item and state.status is Status.OPEN and state.due and _is_to_be_seen(plan, other, state, name)
    ]


def ends_rounds(plan: Plan, name: str) -> bool:
    """Whether a step without a day ends what comes again."""
    ends = any(step.repeats is not None and step.repeats.until == name for step in plan.steps.values())
    return ends and plan.rule(name) is None


def _knows_its_day(plan: Plan, case: Case, name: str) -> bool:
    rule = plan.rule(name)
    anchors = [anchor for part in rule.parts for anchor in part.anchors] if rule else []
    steps = {anchor.name for anchor in anchors if anchor.name in plan.steps}
    return all(is_finished(case, other) for step in steps for other in plan.items(step, case))


def _may_end_it(plan: Plan, name: str) -> bool:
    """Whether an answer of a step without a day ends the case."""
    endings = plan.definition.process.endings.values()
    asked = {leaf.step for ending in endings if ending.when is not None for leaf in leaves(ending.when)}
    return name in asked and plan.rule(name) is None


def _is_to_be_seen(plan: Plan, other: str, state: Item, name: str) -> bool:
    """Whether something is done before a step of that name: what is done once, and the first rounds that it ends."""
    step = plan.steps.get(step_of(other))
    if step is not None and step.repeats is not None:
        return step.repeats.until == name and plan.rule(name) is None and state.round <= ROUNDS_SEEN
    return step is not None and not has_rounds(plan, step_of(other))
