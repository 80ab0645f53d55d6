"""Steps that are done once for every entry of a list that a form gathered: `for_each: plan.actions`."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.conditions import Is
from reviewflow.language.model import EACH, MORE_TO_COME, FieldType, FormField, FormFields, RequiredWhen, Step

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


_MORE = FormField(type=FieldType.YES_NO, label="Are more lines to come?")
_NO_MORE = RequiredWhen(when=Is("", MORE_TO_COME, ("no",)))


def growing(form: FormFields) -> tuple[str, ...]:
    """The tables of a form to which lines are added one by one."""
    return tuple(name for name, field in form.items() if field.grows)


def with_more(form: FormFields) -> FormFields:
    """A form as it is asked: where a table grows whether more lines are to come, and the rest once none are."""
    last = next(reversed(growing(form)), "")
    return dict(_asked(form, last)) if last else form


def _asked(form: FormFields, last: str) -> Iterator[tuple[str, FormField]]:
    for name, field in form.items():
        if field.grows:
            yield name, field.model_copy(update={"required": False})
        else:
            yield name, field.model_copy(update={"required": _NO_MORE}) if field.always_required else field
        if name == last:
            yield MORE_TO_COME, _MORE


def names_who_is_out(step: Step) -> tuple[str, str]:
    """The step and the question that name who takes no part in this step; ('', '') where none does."""
    source, _, field = (step.without or "").partition(".")
    return source, field
