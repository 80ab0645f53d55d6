"""Whether some answers fulfil conditions: for several checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, may_be_given, may_go_together
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, holds_for, leaves
from reviewflow.language.model import FieldType, FormField

Question = tuple[str, str]
"""A step, and a question of its form."""
Given = Mapping[Question, frozenset[str]]


def possible(subject: Subject, tests: Iterable[Test]) -> bool | None:
    """Whether some answers fulfil all; None when they ask what is told elsewhere to be wrong, or too much to try."""
    test = AllOf(tuple(tests))
    asked = sorted({(leaf.step, leaf.field) for leaf in leaves(test)})
    fields = [_field(subject, question) for question in asked]
    if any(leaf.many is not Many.ONE for leaf in leaves(test)) or any(field is None for field in fields):
        return None
    choices = [_answers(field) for field in fields if field is not None]
    for number, answers in enumerate(itertools.product(*choices)):
        if number == MOST_COMBINATIONS:
            return None
        given = dict(zip(asked, answers, strict=True))
        if _holds(test, given) and _go_together(subject, given):
            return True
    return False


def _go_together(subject: Subject, given: Given) -> bool:
    """Whether in no form one of these answers forbids another."""
    forms = {step: {field: answers for (of, field), answers in given.items() if of == step} for step, _ in given}
    return all(may_be_given(subject.form(step), answers) for step, answers in forms.items())


def _field(subject: Subject, question: Question) -> FormField | None:
    step, field = question
    asked = subject.form(step).get(field) if step in subject.steps else None
    return asked if asked is not None and answers_of(asked) else None


def _answers(field: FormField) -> list[frozenset[str]]:
    """Every answer, and none: the step may be skipped."""
    options = answers_of(field)
    if field.type is not FieldType.CHOICES:
        return [frozenset(), *(frozenset({option}) for option in options)]
    several = (itertools.combinations(options, number) for number in range(len(options) + 1))
    return [frozenset(chosen) for chosen in itertools.chain.from_iterable(several) if may_go_together(field, chosen)]


def _holds(test: Test, given: Given) -> bool:
    match test:
        case Is(step, field):
            return holds_for(replace(test, step=""), {field: given[step, field]})
        case AllOf(parts):
            return all(_holds(part, given) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, given) for part in parts)
        case Not(part):
            return not _holds(part, given)
