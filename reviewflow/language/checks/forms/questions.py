"""Questions of a form as they are written: what each type of question may say, and its bounds."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.asked import mistakes, relative_values
from reviewflow.language.checks.forms.forbidden import forbidden_problems
from reviewflow.language.checks.time.dates import sets_problem
from reviewflow.language.conditions import MET, MISSED, Many, leaves
from reviewflow.language.model import ASKED_ALWAYS, COUNTED, FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.problem import Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def form_problems(source: Source, fields: FormFields, path: Path) -> Iterator[Problem]:
    """What is wrong within one form: options where they belong, and one date that completes."""
    completing = [name for name, field in fields.items() if field.completes]
    for name, field in fields.items():
        yield from _field_problems(source, field, (*path, name))
        yield from column_problems(source, field, (*path, name))
        yield from question_problems(source, name, fields, path)
        if name in ASKED_ALWAYS:
            message = (
                f'"{name}" is asked on every form already: {ASKED_ALWAYS[name]}. Take it out, or give it another name.'
            )
            yield source.key_problem((*path, name), "PD032", message)
    for name in [name for name, field in fields.items() if field.gives_reason][1:]:
        message = "Another question gives the reason already. Only one can: take this out."
        yield source.key_problem((*path, name, "gives_reason"), "PD428", message)
    for name in completing[1:]:
        message = f'"{completing[0]}" already says on which day the step is done. Only one date can.'
        yield source.key_problem((*path, name, "completes"), "PD032", message)


def column_problems(source: Source, field: FormField, path: Path) -> Iterator[Problem]:
    """What is wrong with a table of a form: lines need columns, and a column asks one plain thing."""
    if field.type is FieldType.ROWS and not field.columns:
        message = (
            "A table needs columns: what is asked of each line. Write them under columns, like the fields of a form."
        )
        yield source.key_problem(path, "PD032", message)
    if field.columns and field.type is not FieldType.ROWS:
        message = f'"columns" belongs to rows; this field is a {field.type}. Take it out, or write type: rows.'
        yield source.key_problem((*path, "columns"), "PD032", message)
    if field.grows and field.type is not FieldType.ROWS:
        message = f'"grows" belongs to rows; this field is a {field.type}. Take it out, or write type: rows.'
        yield source.key_problem((*path, "grows"), "PD439", message)
    for name, column in field.columns.items():
        place = (*path, "columns", name)
        if column.grows:
            message = "A whole table grows, and not a column of it. Write grows beside columns."
            yield source.key_problem((*place, "grows"), "PD439", message)
        yield from _field_problems(source, column, place)
        yield from question_problems(source, name, field.columns, (*path, "columns"))
        if column.type in {FieldType.ROWS, FieldType.LIST}:
            message = (
                f"A column asks one thing of each line; it cannot be {column.type}. Make it a question of its own."
            )
            yield source.key_problem(place, "PD032", message)
        if column.gives_reason is not None:
            message = "The reason is asked once, and not of each line. Make it a question of its own."
            yield source.key_problem((*place, "gives_reason"), "PD428", message)
        for key, value in (("completes", column.completes), ("sets", column.sets)):
            if value:
                message = (
                    f'"{key}" belongs to a date that is asked once; a column is asked for every line. Take it out.'
                )
                yield source.key_problem((*place, key), "PD032", message)


def question_problems(source: Source, name: str, fields: FormFields, path: Path) -> Iterator[Problem]:
    """Of one question: options that stand alone (PD361), what makes an answer needed (PD362) or forbids it (PD427)."""
    field, place = fields[name], (*path, name)
    unknown_options = [option for option in field.alone or () if option not in field.options]
    if field.alone and field.type is not FieldType.CHOICES:
        message = f'"alone" belongs to choices, of which several may be chosen; this field is a {field.type}.'
        yield source.key_problem((*place, "alone"), "PD361", f"{message} Take it out.")
    elif unknown_options:
        message = unknown("an option here", unknown_options[0], field.options, "Options")
        yield source.value_problem((*place, "alone"), "PD361", message)
    yield from _bound_problems(source, field, place)
    yield from forbidden_problems(source, name, fields, path)
    if not isinstance(field.required, RequiredWhen):
        return
    others = {other: asked for other, asked in fields.items() if other != name}
    for leaf in leaves(field.required.when):
        if leaf.step or leaf.many is not Many.ONE:
            message = f"Only another question of the same form can make this one needed. Write its field: {leaf.field}."
            yield source.value_problem((*place, "required", "when"), "PD362", message)
            continue
        if leaf.field not in others and {MET, MISSED}.issuperset(leaf.values):
            message = (
                f"No form knows whether a time limit was missed: it is met when this is answered. Write at the limit: "
                f"reason: asked; or ask in a step after this one, with when: {{{leaf.field}: missed}}."
            )
            yield source.value_problem((*place, "required", "when"), "PD509", message)
            continue
        mark = source.value_mark((*place, "required", "when"))
        yield from (
            source.problem(mark, "PD362", said) for _, said in mistakes(leaf, others, "another question of this form")
        )
        yield from (source.problem(mark, "PD363", said) for _, said in relative_values(leaf))


def _bound_problems(source: Source, field: FormField, place: Path) -> Iterator[Problem]:
    """PD364: numbers and days have bounds, each of its own kind, and the lower one is not above the upper one."""
    bounds = {FieldType.NUMBER: ("at_least", "at_most"), FieldType.DATE: ("not_before", "not_after")}
    for kind, keys in bounds.items():
        for key in keys if field.type is not kind else ():
            counts = kind is FieldType.NUMBER and field.type in COUNTED
            if getattr(field, key) is not None and not counts:
                several = ", or to a question with several answers" if kind is FieldType.NUMBER else ""
                message = f'"{key}" belongs to a {kind}{several}; this field is a {field.type}. Take it out.'
                yield source.key_problem((*place, key), "PD364", message)
    yield from _count_problems(source, field, place)
    low, high = field.at_least, field.at_most
    if isinstance(low, int) and isinstance(high, int) and low > high:
        message = f"No number is at least {field.at_least} and at most {field.at_most}."
        yield source.value_problem((*place, "at_least"), "PD364", message)


def _count_problems(source: Source, field: FormField, place: Path) -> Iterator[Problem]:
    """PD499: of several answers so many are asked for, in figures, and so many can be given."""
    if field.type not in COUNTED:
        return
    if field.grows and (field.at_least or field.at_most):
        key = "at_least" if field.at_least else "at_most"
        message = (
            f"Lines are added to this table one by one, and its last answer closes it; {key} is not asked. Take it out."
        )
        yield source.key_problem((*place, key), "PD499", message)
    for key, bound in (("at_least", field.at_least), ("at_most", field.at_most)):
        if bound is not None and (isinstance(bound, str) or bound < 1):
            message = f'"{bound}" does not say how many answers are taken. Write it in figures: {key}: 2.'
            yield source.value_problem((*place, key), "PD499", message)
    together = [option for option in field.options if option not in (field.alone or ())]
    if isinstance(field.at_least, int) and field.options and field.at_least > len(together):
        known = f"{field.at_least} are asked for, and {len(together)} can be chosen together."
        message = f"{known} Ask for fewer, or add options."
        yield source.value_problem((*place, "at_least"), "PD499", message)


def _field_problems(source: Source, field: FormField, path: Path) -> Iterator[Problem]:
    choosing = field.type in {FieldType.CHOICE, FieldType.CHOICES}
    if choosing and field.members_of is None and len(field.options) < 2:  # noqa: PLR2004
        yield source.key_problem(path, "PD032", "A choice needs at least two options, each with its text.")
    if field.options and not choosing:
        message = f'"options" belongs to a choice; this field is a {field.type}. Take it out, or write type: choice.'
        yield source.key_problem((*path, "options"), "PD032", message)
    if field.gives_reason is not None and field.type is not FieldType.NOTE:
        message = f"A reason is given in words: in a note; this field is a {field.type}. Take it out."
        yield source.key_problem((*path, "gives_reason"), "PD428", message)
    if wrong := sets_problem(field):
        yield source.key_problem((*path, "sets"), "PD032", wrong)
    if field.completes and field.type is not FieldType.DATE:
        message = f"Only a date can say on which day the step is done; this field is a {field.type}."
        yield source.key_problem((*path, "completes"), "PD032", message)
    if field.completes and not field.always_required:
        message = "The date that completes the step must be answered. Take out required: no."
        yield source.key_problem((*path, "required"), "PD032", message)
