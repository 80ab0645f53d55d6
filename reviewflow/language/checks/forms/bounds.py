"""Bounds that another answer gives: of the same form, of the line, or of an earlier step, and of the same kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reviewflow.language.checks.forms.compared import only_planned
from reviewflow.language.checks.forms.worked_out import apart_mistakes, sum_mistakes
from reviewflow.language.checks.lists import column_problems
from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.model import EACH, FieldType, FormField, FormFields
from reviewflow.language.phrases import TODAY, Anchor, DayRule, Due, HowFar, OneOf, SumOf, how_far, sum_of
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure import graph
from reviewflow.language.suggestions import unknown

OF_ITSELF = f"For the day on which it is answered write {TODAY}: 10 working days after {TODAY}."
_SOME_DAY = Anchor("", day=date(2026, 1, 1))


class _Asked(NamedTuple):
    """A question or a column of a step's form, where it stands, and those that are answered beside it."""

    name: str
    field: FormField
    place: Path
    beside: FormFields


def check(subject: Subject) -> Iterator[Problem]:
    for name in subject.steps:
        for asked in _questions(subject, name):
            for key, rule in (("not_before", asked.field.not_before), ("not_after", asked.field.not_after)):
                if rule is not None:
                    yield from _day(subject, name, asked, rule, (*asked.place, key))
            for key, bound in (("at_least", asked.field.at_least), ("at_most", asked.field.at_most)):
                if isinstance(bound, str):
                    yield from _number(subject, name, asked, bound, (*asked.place, key))


def _questions(subject: Subject, name: str) -> Iterator[_Asked]:
    """Where they stand, or where the shared form is named."""
    form, own = subject.form(name), isinstance(subject.steps[name].form, dict)
    for question, field in form.items():
        path: Path = ("steps", name, "form")
        yield _Asked(question, field, (*path, question) if own else path, form)
        for column, asked in field.columns.items():
            place = (*path, question, "columns", column) if own else path
            yield _Asked(column, asked, place, {**form, **field.columns})


def _day(subject: Subject, step: str, asked: _Asked, rule: DayRule, path: Path) -> Iterator[Problem]:
    """What is wrong with a rule; a day of the form itself is one (PD433), and of a step before it is there (PD434)."""
    known = {*subject.dates, *subject.process.limits, *subject.steps}
    beside = {name: field for name, field in asked.beside.items() if name not in known}
    for part in rule.parts:
        other = beside.get(part.anchor.name) if part.anchor.field is None else None
        if other is not None and (other.type is not FieldType.DATE or part.anchor.name == asked.name):
            yield subject.error(path, "PD433", _wrong_kind(asked, part.anchor.name, other))
            return
    own = _with_some_day(rule, beside.keys() | {TODAY} - known)
    if not any(part.anchor.name == step for part in own.parts):
        yield from rule_problems(subject, own, path, step)
    for name, anchor in {part.anchor.name: part.anchor for part in own.parts}.items():
        yield from _too_early(subject, step, name, str(anchor), path)


def _wrong_kind(asked: _Asked, name: str, other: FormField) -> str:
    if name == asked.name:
        return f'"{name}" cannot be its own bound. Name another question.'
    wanted = "a day" if asked.field.type is FieldType.DATE else "a number"
    return f'"{name}" is a {other.type}; {wanted} is bounded by {wanted}. Name a question that asks for one.'


def _with_some_day(rule: DayRule, told: Collection[str]) -> DayRule:
    """The rule as if each day that the form itself asks for, and that of the answer, were known."""
    if isinstance(rule, OneOf):
        return replace(rule, parts=tuple(_one_with_some_day(part, told) for part in rule.parts))
    return _one_with_some_day(rule, told)


def _one_with_some_day(rule: Due, told: Collection[str]) -> Due:
    return replace(rule, anchor=_SOME_DAY) if rule.anchor.field is None and rule.anchor.name in told else rule


def _number(subject: Subject, step: str, asked: _Asked, bound: str, path: Path) -> Iterator[Problem]:
    """PD433: what says the bound asks for a number, and one answer says it; PD434: before it is needed."""
    if (added := sum_of(bound)) is not None:
        yield from _sum(subject, step, added, path)
        return
    if (far := how_far(bound)) is not None:
        yield from _apart(subject, step, far, path)
        return
    other, _, field = bound.rpartition(".")
    if asked.field.type is not FieldType.NUMBER:
        return  # PD364 says that it belongs to a number
    if other == EACH:
        yield from column_problems(subject, step, field, path, {FieldType.NUMBER})
        return
    if other and other not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", other, subject.steps, "Its steps"))
        return
    if other and not subject.form_is_known(other):
        return
    form = subject.form(other) if other else asked.beside
    known = form.get(field)
    if known is None:
        numbers = [name for name, question in form.items() if question.type is FieldType.NUMBER and name != asked.name]
        what = f"a number in the form of {other}" if other else "a number of this form"
        yield subject.error(path, "PD433", unknown(what, field, numbers, "Its numbers"))
    elif known.type is not FieldType.NUMBER or (not other and field == asked.name):
        yield subject.error(path, "PD433", _wrong_kind(asked, field, known))
    elif other and subject.steps[other].for_each and not graph.pairs(subject.steps[step], subject.steps[other]):
        message = f'Several answer "{other}", so "{bound}" is no one number. Name a question that one answers.'
        yield subject.error(path, "PD433", message)
    elif other:
        yield from _too_early(subject, step, other, bound, path)


def _apart(subject: Subject, step: str, far: HowFar, path: Path) -> Iterator[Problem]:
    """PD457: what lies apart; PD434: that both are answered before this one."""
    wrong = [subject.error(path, "PD457", message) for message in apart_mistakes(subject, far, step)]
    wrong += [subject.error(path, "PD462", message) for message in only_planned(subject, far, ("steps", step))]
    for end in far.answers:
        if end.name not in subject.steps:
            message = unknown("a step of this process", end.name, subject.steps, "Its steps")
            wrong.append(subject.error(path, "PD022", message))
    yield from wrong
    for end in far.answers if not wrong else ():
        yield from _too_early(subject, step, end.name, str(end), path)


def _sum(subject: Subject, step: str, added: SumOf, path: Path) -> Iterator[Problem]:
    """PD487: what is added up is numbers of a step; PD434: that is before this one."""
    if added.step not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", added.step, subject.steps, "Its steps"))
        return
    if subject.form_is_known(added.step):
        for message in sum_mistakes(subject, added, step):
            yield subject.error(path, "PD487", message)
    yield from _too_early(subject, step, added.step, str(added), path)


def _too_early(subject: Subject, step: str, other: str, bound: str, path: Path) -> Iterator[Problem]:
    """PD434: the step is answered after the one that says the bound; before, it would hold nothing back."""
    if other == EACH or other not in subject.steps or not subject.before:
        return
    if other == step:
        field = bound.partition(".")[2]
        instead = f"Of a question of its own form write only the name: {field}." if field else OF_ITSELF
        message = f'"{bound}" is this step itself. {instead}'
        yield subject.error(path, "PD434", message)
    elif not subject.waits(step, other):
        message = (
            f'"{step}" does not wait for "{other}", so it may be answered while "{bound}" is not known, and then any '
            f"answer is taken. {add_to_after(subject, step, other)}"
        )
        yield subject.warning(path, "PD434", message)
