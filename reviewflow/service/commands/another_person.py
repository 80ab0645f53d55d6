"""Steps that must not be done by whoever did another one: compared by who is said to have answered.

The names stand beside the events, where they can be erased, and nowhere in the state of a case.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    item = _answered(command)
    if step_of(item) not in plan.steps or not (not_by := plan.steps[step_of(item)].not_by):
        return
    done_by = _done_by(workspace, case.reference)
    for other in not_by:
        before = _done_before(plan, case, item, other)
        if any(_same(who, by) for done in before for who in done_by.get(done, ())):
            title = plan.definition.title
            message = f"“{title(step_of(item))}” is for somebody else than did “{title(other)}”, and you did that."
            raise Refused([message], "Nothing was changed. Let somebody else answer, under their own name.")


def _answered(command: c.Command) -> str:
    """The item to which a command answers, also by a line of its table; '' of any other command."""
    match command:
        case c.Complete(item):
            return item
        case c.ChangeLine(table) | c.WithdrawLine(table):
            return table.rpartition(".")[0]
        case _:
            return ""


def _done_before(plan: Plan, case: Case, item: str, other: str) -> list[str]:
    """The items of the other step that are done: of the same owner where both go owner by owner, else all."""
    mine = item_id(other, key_of(item))
    items = (mine,) if plan.pairs(step_of(item), other) else plan.items(other, case)
    return [each for each in items if each in case.items and case.items[each].status in WAS_DONE]


def _done_by(workspace: Workspace, reference: str) -> Mapping[str, set[str]]:
    """Who is said to have done each item last, and to have entered or changed lines of its table, at any time."""
    last: dict[str, str] = {}
    entered: dict[str, set[str]] = {}
    for row in workspace.store.events(reference):
        if row.kind not in _DOING:
            continue
        match e.decode(row.kind, row.body):
            case e.Completed(item):
                last[item] = row.by
            case e.LineAdded(item) | e.LineChanged(item):
                entered.setdefault(item, set()).add(row.by)
            case _:
                pass
    return {item: {last.get(item, ""), *entered.get(item, ())} for item in (*last, *entered)}


_DOING = frozenset({e.Completed.KIND, e.LineAdded.KIND, e.LineChanged.KIND})


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and folded(one) == folded(other)
