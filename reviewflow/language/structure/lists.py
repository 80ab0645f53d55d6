"""Steps that are done once for every entry of a list that a form gathered: `for_each: plan.actions`."""

from __future__ import annotations

from reviewflow.language.model import EACH, FieldType, FormField, Step

LISTED = {FieldType.LIST, FieldType.ROWS, FieldType.AGENCIES, FieldType.CHOICES}
OWNING = {FieldType.AGENCIES, FieldType.CHOICES}
"""Lists whose entries can do something themselves: agencies, or roles among which was chosen."""


def source_of(step: Step) -> tuple[str, str] | None:
    """The step and the question that gather the list; None where a step is done once, by agencies or by roles."""
    if not isinstance(step.for_each, str) or "." not in step.for_each:
        return None
    source, _, field = step.for_each.partition(".")
    return source, field


def owner_column(step: Step) -> str:
    """The column that says who does it: 'lead' of `owner: each.lead`; '' when it is not a column."""
    owner = step.owner or ""
    return owner.partition(".")[2] if owner.startswith(f"{EACH}.") else ""


def agency_column(step: Step, listed: FormField) -> str:
    """The column that says which agency a line is about: the owner's, or the first that asks for an agency."""
    asking = [
        name for name, column in listed.columns.items() if column.type is FieldType.AGENCY and column.always_required
    ]
    return owner_column(step) if owner_column(step) in asking else next(iter(asking), "")
