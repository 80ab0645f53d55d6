"""Steps that must not be done by whoever did another one: compared by who is said to have answered.

The names stand beside the events, where they can be erased, and nowhere in the state of a case.
"""

from __future__ import annotations

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import WAS_DONE, Case
from reviewflow.case.plan.plan import Plan
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import folded


def refuse_same_person(workspace: Workspace, plan: Plan, case: Case, command: c.Command, by: str) -> None:
    """Raises Refused when whoever answers did a step that `not_by` names; who answers is as it is typed."""
    if not isinstance(command, c.Complete) or step_of(command.item) not in plan.steps:
        return
    step = plan.steps[step_of(command.item)]
    if not step.not_by:
        return
    done_by = _done_by(workspace, case.reference)
    for other in step.not_by:
        if any(_same(done_by.get(item, ""), by) for item in _done_before(plan, case, command.item, other)):
            title = plan.definition.title
            message = (
                f"“{title(step_of(command.item))}” is for somebody else than did “{title(other)}”, and you did that."
            )
            raise Refused([message], "Nothing was changed. Let somebody else answer, under their own name.")


def _done_before(plan: Plan, case: Case, item: str, other: str) -> list[str]:
    """The items of the other step that are done: of the same owner where both go owner by owner, else all."""
    mine = item_id(other, key_of(item))
    items = (mine,) if plan.pairs(step_of(item), other) else plan.items(other, case)
    return [each for each in items if each in case.items and case.items[each].status in WAS_DONE]


def _done_by(workspace: Workspace, reference: str) -> dict[str, str]:
    """Who is said to have done each item last."""
    stored = (row for row in workspace.store.events(reference) if row.kind == e.Completed.KIND)
    decoded = ((e.decode(row.kind, row.body), row.by) for row in stored)
    return {event.item: by for event, by in decoded if isinstance(event, e.Completed)}


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and folded(one) == folded(other)
