"""What people call an item, in place of its name: 'Merge the papers', 'Agency summary · Northmoor Police'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.service.messages.naming import item_title
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.context import CaseContext

BY_PEOPLE = (c.Complete, c.Reopen, c.Skip, c.Extend, c.OpenStep, c.Respond, c.Snooze, c.Resume, c.ChaseByHand)
"""The commands in which people name an item."""


def by_name(context: CaseContext, command: c.Command) -> c.Command:
    """The command about the item that its words name; the command as it is where they name none, or more than one."""
    plan = context.plan
    if not isinstance(command, BY_PEOPLE):
        return command
    if (step := step_of(command.item)) in plan.steps or step in plan.limits:
        return replace(command, item=_meant(context, command.item))
    words = command.item.strip().casefold()
    called = {item for item, title in _titles(context) if title.casefold() == words}
    return replace(command, item=called.pop()) if len(called) == 1 else command


def _meant(context: CaseContext, item: str) -> str:
    """The item that letters show under this id, which tell no label; the id itself where it is one."""
    plan, case, step = context.plan, context.case, step_of(item)
    if item in case.items or step not in plan.steps or shown_item(plan, item) == item:
        return item
    return next((known for known in plan.items(step, case) if shown_item(plan, known) == item), item)


def _titles(context: CaseContext) -> Iterator[tuple[str, str]]:
    plan, case = context.plan, context.case
    for item in (*plan.all_items(case), *plan.limit_items(case)):
        yield item, item_title(context, item)
