"""What a rehearsal waits for before it does work whose day is not known yet."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendar
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.rounds.following_rounds import has_rounds
from reviewflow.language.conditions import leaves


def awaited(plan: Plan, case: Case, item: str, office: Calendar) -> list[date]:
    """The office's days after those of other open work, while a step from which an item's day counts is not done.

    When that step is done, the day of the item is known: of the later of several days it must not be guessed before.
    What comes again, and what follows each round, is not waited for, because it may end only with the item. What has no
    day at all and may end the case waits too: nobody knows that it would come first, and the rest is to be seen.
    """
    rule = plan.rule(step_of(item))
    anchors = [anchor for part in rule.parts for anchor in part.anchors] if rule else []
    steps = {anchor.name for anchor in anchors if anchor.name in plan.steps}
    if not _may_end_it(plan, step_of(item)) and all(
        is_finished(case, other) for step in steps for other in plan.items(step, case)
    ):
        return []
    return [
        office.add_working_days(state.due, 1)
        for other, state in case.items.items()
        if other != item and state.status is Status.OPEN and state.due and _is_done_once(plan, other)
    ]


def _may_end_it(plan: Plan, name: str) -> bool:
    """Whether an answer of a step without a day ends the case."""
    endings = plan.definition.process.endings.values()
    asked = {leaf.step for ending in endings if ending.when is not None for leaf in leaves(ending.when)}
    return name in asked and plan.rule(name) is None


def _is_done_once(plan: Plan, item: str) -> bool:
    return step_of(item) in plan.steps and not has_rounds(plan, step_of(item))
