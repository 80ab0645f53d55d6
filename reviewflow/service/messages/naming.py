"""What a message calls the work that it is about, its case and whoever owes it."""

from __future__ import annotations

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.plan.entries import entry_keys, may_grow
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.recipients import recipients
from reviewflow.language.model.forms import FieldType
from reviewflow.language.structure.lists import source_of
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import item_words, told_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import listing

SEVERAL = 2


def subject_of(plan: Plan, item: str) -> str:
    """The item that a message of this step is about: the same owner's item of another step, or itself."""
    step = plan.steps.get(step_of(item))
    if step is None or step.about is None:
        return item
    several = plan.steps[step.about].for_each is not None
    return item_id(step.about, key_of(item) if several else "")


def owner_title(context: CaseContext, item: str) -> str:
    """Who owes an item, as people call them."""
    owners = recipients(("owner",), context.plan, context.case, item)
    return listing(
        dict.fromkeys(recipient_title(context.partnership, owner) for owner in owners), none="nobody by name"
    )


def step_title(context: CaseContext, item: str) -> str:
    """What a letter calls the work: 'Do the action (number 2)', 'Read the return · Police' where another reads it.

    Of several lines or labels of a list its number tells which it is; what stands there may stand in no letter.
    """
    name = step_of(item)
    title = context.plan.definition.title(name)
    if not _is_numbered(context.plan, name):
        known = {*context.partnership.roles, *context.partnership.agencies}
        return told_words(title, item_title(context, item), key_of(item), owner_title(context, item), known)
    keys = entry_keys(context.plan.steps[name], context.case)
    if len(keys) < SEVERAL or key_of(item) not in keys:
        return title
    number = key_of(item) if _is_a_table(context.plan, name) else keys.index(key_of(item)) + 1
    return f"{title} (number {number})"


def owed_title(context: CaseContext, item: str) -> str:
    """What a letter calls work that it only lists: with its owner or its number, and nothing that a form asked."""
    return step_title(context, item) if _is_numbered(context.plan, step_of(item)) else item_title(context, item)


def _is_numbered(plan: Plan, step: str) -> bool:
    listed = plan.listed(step) if step in plan.steps else None
    return listed is not None and listed.type in {FieldType.LIST, FieldType.ROWS}


def _is_a_table(plan: Plan, step: str) -> bool:
    """Whether it is done for lines, whose keys are their numbers, also where one was withdrawn."""
    listed = plan.listed(step)
    return listed is not None and listed.type is FieldType.ROWS


def item_title(context: CaseContext, item: str) -> str:
    """The title of an item: its step, with its owner or list entry; or that it stands for lines still to come."""
    step = context.plan.steps.get(step_of(item))
    source = source_of(step) if step is not None else None
    if step is not None and not key_of(item) and may_grow(step, context.case):
        return f"{context.plan.definition.title(item)} · for lines still to come"
    state = context.case.items.get(source[0]) if source else None
    gathered = {source: state.answers[source[1]]} if source and state and source[1] in state.answers else {}
    return item_words(context.plan.definition, item, gathered, lambda name: recipient_title(context.partnership, name))
