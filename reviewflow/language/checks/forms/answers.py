"""Forms and the answers that decide: conditions ask what was really asked, before; work sent back can be accepted."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.asked import always, mistakes, relative_values
from reviewflow.language.checks.forms.compared import compared_with, only_planned
from reviewflow.language.checks.forms.of_lines import line_answer
from reviewflow.language.checks.forms.questions import form_problems
from reviewflow.language.checks.forms.worked_out import apart_mistakes, sum_mistakes
from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import MET, MISSED, AnyOf, Is, Many, Test, leaves
from reviewflow.language.model import ASKING, EACH, FieldType, FormFields, Reopen
from reviewflow.language.phrases import HowFar, SumOf
from reviewflow.language.phrases.comparisons import OF_NUMBERS, comparison_of
from reviewflow.language.problem import Problem
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


def _asked(subject: Subject, name: str, leaf: Is, path: Path) -> Iterator[Problem]:
    if leaf.step == EACH:
        yield from line_answer(subject, name, leaf, path)
        return
    yield from known_answer(subject, leaf, path, name)
    limit = None if leaf.step else subject.process.limits.get(leaf.field)
    for met_by in limit.steps if limit is not None else ():
        if met_by not in subject.steps or subject.waits(name, met_by):
            continue
        message = (
            f'"{name}" asks whether "{leaf.field}" was missed, but does not wait for "{met_by}", which stops '
            f"that clock. {add_to_after(subject, name, met_by)}"
        )
        yield subject.error_at(subject.answer_mark(path, leaf.key), "PD051", message)
    if leaf.step in subject.steps and not subject.waits(name, leaf.step):
        message = (
            f'"{name}" asks about "{leaf.step}", but does not wait for it: the answer may not be there yet. '
            f"{add_to_after(subject, name, leaf.step)}"
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
    if not leaf.step and leaf.field in {*subject.process.opening.dates, *subject.process.dates}:
        message = (
            f'"{leaf.field}" is a date of the case, and a condition asks about an answer. Ask for a day in the form of '
            f"a step, and compare that with the date: {{STEP.QUESTION: before {leaf.field}}}"
        )
        yield subject.error_at(mark, "PD050", message)
        return
    if not leaf.step:
        asked_by = [other for other in subject.steps if leaf.field in subject.form(other)]
        example = f"{asked_by[0] if asked_by else 'panel_meeting'}.{leaf.field}"
        message = f'"{leaf.field}" needs the step that asks it, and a dot. Write: {example}'
        yield subject.error_at(mark, "PD050", message)
        return
    if leaf.step == EACH:
        message = (
            f'"{leaf.key}" asks the line for which a step is done, and here nothing is done for a line. Ask it under '
            f"when of a step with for_each, or ask how many: {{any STEP.{leaf.field}: ...}} of a step done for each."
        )
        yield subject.error_at(mark, "PD432", message)
        return
    if leaf.step not in subject.steps:
        message = unknown("a step of this process", leaf.step, subject.steps, "Its steps")
        yield subject.error_at(mark, "PD050", message)
        return
    if leaf.many is Many.SUM:
        yield from _sum(subject, asking, leaf, path)
        return
    if leaf.far is not None:
        yield from _far(subject, asking, leaf, leaf.far, path)
        return
    if not leaf.values:
        return  # the other of two that lie apart: they are judged together
    if subject.form_is_known(leaf.step):
        yield from _answer(subject, leaf, path, subject.form(leaf.step))
        yield from compared_with(subject, leaf, path)
    yield from _how_many(subject, asking, leaf, path)


def _sum(subject: Subject, asking: str | None, leaf: Is, path: Path) -> Iterator[Problem]:
    """PD487: what is added up; PD363: and it is compared with a number."""
    if subject.form_is_known(leaf.step):
        for message in sum_mistakes(subject, SumOf(leaf.step, leaf.field, leaf.column), asking):
            yield subject.error_at(subject.answer_mark(path, leaf.key), "PD487", message)
    for value in leaf.values:
        compared = comparison_of(value)
        if compared is None or compared.how not in OF_NUMBERS:
            message = f'A sum is compared with a number, and "{value}" does not. Write: more than 5000.'
            yield subject.error_at(subject.answer_mark(path, leaf.key, value), "PD363", message)


def _far(subject: Subject, asking: str | None, leaf: Is, far: HowFar, path: Path) -> Iterator[Problem]:
    """PD457: what lies apart; PD363: and how far is compared with a number."""
    mark = subject.answer_mark(path, leaf.key)
    yield from (subject.error_at(mark, "PD457", message) for message in apart_mistakes(subject, far, asking))
    yield from (subject.error_at(mark, "PD462", message) for message in only_planned(subject, far, path))
    for value in leaf.values:
        compared = comparison_of(value)
        if compared is None or compared.how not in OF_NUMBERS:
            message = f'How far apart they lie is compared with a number, and "{value}" does not. Write: more than 5.'
            yield subject.error_at(subject.answer_mark(path, leaf.key, value), "PD363", message)


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
    elif target == name:
        message = (
            f'"{name}" cannot send itself back. Put a step before it, such as one that fixes its day, and name that.'
        )
        yield subject.key_error(path, "PD053", message)
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
    if reopen.for_each is not None and subject.form_is_known(name):
        yield from _ground(subject, name, reopen, path)
    if subject.form_is_known(name) and always(reopen.when, subject.form(name)):
        message = (
            f'Every answer sends the work back to "{target}", so "{name}" could never be done. Leave one that does not.'
        )
        yield subject.error((*path, "when"), "PD054", message)


def _ground(subject: Subject, name: str, reopen: Reopen, path: Path) -> Iterator[Problem]:
    """PD460: what says why is a choice of the step's own form, and it is said how often for each of its answers."""
    form, question = subject.form(name), str(reopen.for_each)
    choices = [other for other, field in form.items() if field.type is FieldType.CHOICE]
    if question not in choices:
        message = unknown(f"a choice in the form of {name}", question, choices, "Its choices")
        yield subject.error((*path, "for_each"), "PD460", message)
    elif reopen.times is None:
        message = f'How often may it be sent back for each answer to "{question}"? Write: times: 1.'
        yield subject.key_error((*path, "for_each"), "PD460", message)


def _no_way_on(subject: Subject, name: str) -> Iterator[Problem]:
    """Whether several reopenings together leave no answer with which the step could be done."""
    whens = tuple(reopen.when for reopen in subject.steps[name].reopens.values())
    fields = subject.form(name)
    alone = any(always(when, fields) for when in whens)
    if len(whens) > 1 and subject.form_is_known(name) and not alone and always(AnyOf(whens), fields):
        message = f'Every answer sends work back, to one step or another, so "{name}" could never be done.'
        yield subject.key_error(("steps", name, "reopens"), "PD054", f"{message} Leave one that does not.")
