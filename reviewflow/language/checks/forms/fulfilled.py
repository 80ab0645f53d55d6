"""Whether some answers fulfil conditions: for several checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from math import prod

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, may_be_given, may_go_together
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, is_taken, leaves
from reviewflow.language.model import FieldType, FormField

Question = tuple[str, str]
"""A step, and a question of its form."""
Answers = Sequence[frozenset[str]]
"""Those that a question may be given, each with all that is chosen."""
Given = Mapping[Question, frozenset[str]]


def possible(subject: Subject, tests: Iterable[Test]) -> bool | None:
    """Whether some answers fulfil all; None when they ask what is told elsewhere to be wrong, or too much to try."""
    test = AllOf(tuple(tests))
    asked = sorted({(leaf.step, leaf.field) for leaf in leaves(test)})
    fields = [_field(subject, question) for question in asked]
    if any(leaf.many is not Many.ONE for leaf in leaves(test)) or any(field is None for field in fields):
        return None
    choices = {question: _answers(field) for question, field in zip(asked, fields, strict=True) if field is not None}
    if prod(map(len, choices.values())) <= MOST_COMBINATIONS:
        test, choices = _narrowed(test, choices)
    for number, answers in enumerate(itertools.product(*choices.values())):
        if number == MOST_COMBINATIONS:
            return None
        given = dict(zip(asked, answers, strict=True))
        if _holds(test, given) and _go_together(subject, given):
            return True
    return False


def _narrowed(test: AllOf, choices: Mapping[Question, Answers]) -> tuple[AllOf, dict[Question, Answers]]:
    """What asks about several questions at once, and of each question the answers that all else takes."""
    several, left = list[Test](), dict(choices)
    for part in test.parts:
        about = {(leaf.step, leaf.field) for leaf in leaves(part)}
        if len(about) > 1:
            several.append(part)
        for question in about if len(about) == 1 else ():
            left[question] = [answers for answers in left[question] if _holds(part, {question: answers})]
    return AllOf(tuple(several)), left


def _go_together(subject: Subject, given: Given) -> bool:
    """Whether in no form one of these answers forbids another."""
    forms = {step: {field: answers for (of, field), answers in given.items() if of == step} for step, _ in given}
    return all(may_be_given(subject.form(step), answers) for step, answers in forms.items())


def _field(subject: Subject, question: Question) -> FormField | None:
    step, field = question
    asked = subject.form(step).get(field) if step in subject.steps else None
    return asked if asked is not None and answers_of(asked) else None


def _answers(field: FormField) -> Answers:
    """Every answer, and none: the step may be skipped."""
    options = answers_of(field)
    if field.type is not FieldType.CHOICES:
        return [frozenset(), *(frozenset({option}) for option in options)]
    several = (itertools.combinations(options, number) for number in range(len(options) + 1))
    return [frozenset(chosen) for chosen in itertools.chain.from_iterable(several) if may_go_together(field, chosen)]


def _holds(test: Test, given: Given) -> bool:
    match test:
        case Is(step, field):
            return is_taken(test, given[step, field])
        case AllOf(parts):
            return all(_holds(part, given) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, given) for part in parts)
        case Not(part):
            return not _holds(part, given)
