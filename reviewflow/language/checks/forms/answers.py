"""Forms and the answers that decide: conditions ask what was really asked, before; work sent back can be accepted."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.asked import always, mistakes, relative_values
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.dates import sets_problem
from reviewflow.language.conditions import MET, MISSED, AnyOf, Is, Many, Test, leaves
from reviewflow.language.model import ASKED_ALWAYS, ASKING, FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.language.problem import Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure import graph
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        yield from _shared_form(subject, name)
        yield from _agencies(subject, name)
        if isinstance(step.form, dict):
            yield from form_problems(subject.source, step.form, (*path, "form"))
        if step.when is not None:
            for leaf in leaves(step.when):
                yield from _asked(subject, name, leaf, (*path, "when"))
        for target in step.reopens:
            yield from _reopen(subject, name, target)
        yield from _no_way_on(subject, name)


def _shared_form(subject: Subject, name: str) -> Iterator[Problem]:
    form = subject.steps[name].form
    if isinstance(form, str) and form not in subject.library.forms and not subject.library.could_be("form", form):
        message = unknown("a form in definitions/forms", form, subject.library.forms, "Forms")
        yield subject.error(("steps", name, "form"), "PD030", message)


def _agencies(subject: Subject, name: str) -> Iterator[Problem]:
    """A question for an agency can only be answered where agencies take part."""
    fields = subject.form(name)
    asked = [*fields.values(), *(column for field in fields.values() for column in field.columns.values())]
    if subject.process.opening.agencies is None and any(field.type in ASKING for field in asked):
        message = (
            f'"{name}" asks for an agency, but no agencies take part in this process. '
            'Write under opening: "agencies: at least 1".'
        )
        yield subject.key_error(("steps", name, "form"), "PD034", message)


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
    for name, column in field.columns.items():
        place = (*path, "columns", name)
        yield from _field_problems(source, column, place)
        yield from question_problems(source, name, field.columns, (*path, "columns"))
        if column.type in {FieldType.ROWS, FieldType.LIST}:
            message = (
                f"A column asks one thing of each line; it cannot be {column.type}. Make it a question of its own."
            )
            yield source.key_problem(place, "PD032", message)
        for key, value in (("completes", column.completes), ("sets", column.sets)):
            if value:
                message = (
                    f'"{key}" belongs to a date that is asked once; a column is asked for every line. Take it out.'
                )
                yield source.key_problem((*place, key), "PD032", message)


def question_problems(source: Source, name: str, fields: FormFields, path: Path) -> Iterator[Problem]:
    """Of one question: options that stand alone (PD361), and what makes an answer needed (PD362)."""
    field, place = fields[name], (*path, name)
    unknown_options = [option for option in field.alone or () if option not in field.options]
    if field.alone and field.type is not FieldType.CHOICES:
        message = f'"alone" belongs to choices, of which several may be chosen; this field is a {field.type}.'
        yield source.key_problem((*place, "alone"), "PD361", f"{message} Take it out.")
    elif unknown_options:
        message = unknown("an option here", unknown_options[0], field.options, "Options")
        yield source.value_problem((*place, "alone"), "PD361", message)
    yield from _bound_problems(source, field, place)
    if not isinstance(field.required, RequiredWhen):
        return
    others = {other: asked for other, asked in fields.items() if other != name}
    for leaf in leaves(field.required.when):
        if leaf.step or leaf.many is not Many.ONE:
            message = f"Only another question of the same form can make this one needed. Write its field: {leaf.field}."
            yield source.value_problem((*place, "required", "when"), "PD362", message)
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
            if getattr(field, key) is not None:
                message = f'"{key}" belongs to a {kind}; this field is a {field.type}. Take it out.'
                yield source.key_problem((*place, key), "PD364", message)
    if field.at_least is not None and field.at_most is not None and field.at_least > field.at_most:
        message = f"No number is at least {field.at_least} and at most {field.at_most}."
        yield source.value_problem((*place, "at_least"), "PD364", message)


def _field_problems(source: Source, field: FormField, path: Path) -> Iterator[Problem]:
    choosing = field.type in {FieldType.CHOICE, FieldType.CHOICES}
    if choosing and field.members_of is None and len(field.options) < 2:  # noqa: PLR2004
        yield source.key_problem(path, "PD032", "A choice needs at least two options, each with its text.")
    if field.options and not choosing:
        message = f'"options" belongs to a choice; this field is a {field.type}. Take it out, or write type: choice.'
        yield source.key_problem((*path, "options"), "PD032", message)
    if wrong := sets_problem(field):
        yield source.key_problem((*path, "sets"), "PD032", wrong)
    if field.completes and field.type is not FieldType.DATE:
        message = f"Only a date can say on which day the step is done; this field is a {field.type}."
        yield source.key_problem((*path, "completes"), "PD032", message)
    if field.completes and not field.always_required:
        message = "The date that completes the step must be answered. Take out required: no."
        yield source.key_problem((*path, "required"), "PD032", message)


def _asked(subject: Subject, name: str, leaf: Is, path: Path) -> Iterator[Problem]:
    yield from known_answer(subject, leaf, path, name)
    limit = None if leaf.step else subject.process.limits.get(leaf.field)
    if limit is not None and limit.met_by in subject.steps and not subject.waits(name, limit.met_by):
        message = (
            f'"{name}" asks whether "{leaf.field}" was missed, but does not wait for "{limit.met_by}", which stops '
            f'that clock. Add "{limit.met_by}" to after.'
        )
        yield subject.error_at(subject.answer_mark(path, leaf.key), "PD051", message)
    if leaf.step in subject.steps and not subject.waits(name, leaf.step):
        message = (
            f'"{name}" asks about "{leaf.step}", but does not wait for it: the answer may not be there yet. '
            f'Add "{leaf.step}" to after.'
        )
        yield subject.error_at(subject.answer_mark(path, leaf.key), "PD051", message)


def known_answer(subject: Subject, leaf: Is, path: Path, asking: str | None = None) -> Iterator[Problem]:
    """Whether the step that a condition names asks this, and how many answer it; without looking at the order."""
    mark = subject.answer_mark(path, leaf.key)
    if not leaf.step and leaf.field in subject.process.limits and leaf.many is Many.ONE:
        wrong = next((value for value in leaf.values if value not in {MISSED, MET}), None)
        if wrong is not None:
            message = unknown("what can be asked about a time limit", wrong, (MISSED, MET), "Ask")
            yield subject.error_at(subject.answer_mark(path, leaf.key, wrong), "PD363", message)
        return
    if not leaf.step:
        asked_by = [other for other in subject.steps if leaf.field in subject.form(other)]
        example = f"{asked_by[0] if asked_by else 'panel_meeting'}.{leaf.field}"
        message = f'"{leaf.field}" needs the step that asks it, and a dot. Write: {example}'
        yield subject.error_at(mark, "PD050", message)
        return
    if leaf.step not in subject.steps:
        message = unknown("a step of this process", leaf.step, subject.steps, "Its steps")
        yield subject.error_at(mark, "PD050", message)
        return
    if subject.form_is_known(leaf.step):
        yield from _answer(subject, leaf, path, subject.form(leaf.step))
        yield from _compared_with(subject, leaf, path)
    yield from _how_many(subject, asking, leaf, path)


def own_answers(subject: Subject, name: str, test: Test, path: Path, code: str, what: str) -> Iterator[Problem]:
    """Of a condition over a step's own form: that the form asks this, and that it is written without a step."""
    for leaf in leaves(test):
        if leaf.step or leaf.many is not Many.ONE:
            message = f"{what} by an answer of this step's own form. Write only the field: {leaf.field}."
            yield subject.error_at(subject.answer_mark(path, leaf.key), code, message)
        elif subject.form_is_known(name):
            yield from _answer(subject, leaf, path, subject.form(name))
            for value, message in relative_values(leaf):
                yield subject.error_at(subject.answer_mark(path, leaf.key, value), "PD363", message)


def _compared_with(subject: Subject, leaf: Is, path: Path) -> Iterator[Problem]:
    known = [*subject.process.opening.dates, *subject.process.dates]
    for value in leaf.values:
        compared = comparison_of(value)
        if compared is not None and compared.relative and compared.relative not in known:
            message = unknown("a date of the case", compared.relative, known, "Its dates")
            yield subject.error_at(subject.answer_mark(path, leaf.key, value), "PD363", message)


def _answer(subject: Subject, leaf: Is, path: Path, fields: FormFields) -> Iterator[Problem]:
    where = f"asked by {leaf.step}" if leaf.step else "asked by this step"
    for value, message in mistakes(leaf, fields, where):
        code = "PD363" if value is not None and comparison_of(value) is not None else "PD050"
        yield subject.error_at(subject.answer_mark(path, leaf.key, value), code, message)


def _how_many(subject: Subject, asking: str | None, leaf: Is, path: Path) -> Iterator[Problem]:
    mark, asked = subject.answer_mark(path, leaf.key), subject.steps[leaf.step]
    paired = asking is not None and graph.pairs(subject.steps[asking], asked)
    several = asked.for_each is not None and not paired
    if several and leaf.many is Many.ONE:
        words = {Many.ANY: "any", Many.EVERY: "every", **({Many.ENOUGH: "enough"} if asked.quorum else {})}
        ways = [f'"{many} {leaf.key}"' for many in words.values()]
        message = f'Several owners answer "{leaf.step}". Say how their answers count: {listing(ways, last="or")}.'
        yield subject.error_at(mark, "PD052", message)
    elif several and leaf.many is Many.ENOUGH and asked.quorum is None:
        message = f'"enough" is as many as the quorum of "{leaf.step}" asks for, and it has none. Write any, or every.'
        yield subject.error_at(mark, "PD052", message)
    elif not several and leaf.many is not Many.ONE:
        message = f'Only one answer to "{leaf.step}" counts here. Write it without "{leaf.how_many}".'
        yield subject.error_at(mark, "PD052", message)


def _reopen(subject: Subject, name: str, target: str) -> Iterator[Problem]:
    reopen, path = subject.steps[name].reopens[target], ("steps", name, "reopens", target)
    if target not in subject.steps:
        yield subject.key_error(path, "PD022", unknown("a step of this process", target, subject.steps, "Its steps"))
    elif not subject.waits(name, target):
        earlier = listing([other for other in subject.steps if other in subject.before[name]], none="there is nothing")
        message = f'"{name}" can only send back what comes before it, and "{target}" does not. Before it: {earlier}.'
        yield subject.key_error(path, "PD053", message)
    elif subject.steps[target].repeats is not None:
        message = (
            f'"{target}" comes again by itself, and once it has ended it cannot be sent back: the answer would do '
            "nothing. Send back the step that ends it, or one before it."
        )
        yield subject.key_error(path, "PD327", message)
    yield from own_answers(subject, name, reopen.when, (*path, "when"), "PD053", "Work is sent back")
    if subject.form_is_known(name) and always(reopen.when, subject.form(name)):
        message = (
            f'Every answer sends the work back to "{target}", so "{name}" could never be done. Leave one that does not.'
        )
        yield subject.error((*path, "when"), "PD054", message)


def _no_way_on(subject: Subject, name: str) -> Iterator[Problem]:
    """Whether several reopenings together leave no answer with which the step could be done."""
    whens = tuple(reopen.when for reopen in subject.steps[name].reopens.values())
    fields = subject.form(name)
    alone = any(always(when, fields) for when in whens)
    if len(whens) > 1 and subject.form_is_known(name) and not alone and always(AnyOf(whens), fields):
        message = f'Every answer sends work back, to one step or another, so "{name}" could never be done.'
        yield subject.key_error(("steps", name, "reopens"), "PD054", f"{message} Leave one that does not.")
