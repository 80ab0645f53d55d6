"""The steps that must be judged after what has happened in a command so far: those of which another may come of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from operator import attrgetter

from reviewflow.case.draft import Draft
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case

_AS_A_WHOLE = attrgetter(*(field.name for field in fields(Case) if field.name != "items"))


def judged_in_turn(draft: Draft) -> Iterator[str]:
    """Each step that what happened can touch, in their order; what happens to one can touch those after it."""
    to_judge, seen = steps_to_judge(draft), len(draft.events)
    for step in draft.plan.order:
        if step in to_judge:
            yield step
        if len(draft.events) > seen:
            to_judge, seen = steps_to_judge(draft), len(draft.events)


def steps_to_judge(draft: Draft) -> Collection[str]:
    """Those that the changed items bear on; every step when more has changed than items, and in a new case.

    After every command all steps had been judged, so that the others stand as they would be judged now.
    """
    before, case = draft.before, draft.case
    if before is None or _AS_A_WHOLE(before) != _AS_A_WHOLE(case):
        return draft.plan.order
    items = before.items
    return draft.plan.dependents.of(
        {step_of(item) for item, state in case.items.items() if items.get(item) is not state}
    )
