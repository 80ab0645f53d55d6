"""Whether some answers fulfil conditions: for several checks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from math import prod

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, may_be_given, may_go_together
from reviewflow.language.checks.forms.asked import possible as asked_about
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, is_taken, leaves
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.language.phrases.error import PhraseError

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
    measured = [leaf for leaf in leaves(test) if subject.form(leaf.step)[leaf.field].type in MEASURED]
    if not all(_can_be_tried(value) for leaf in measured for value in leaf.values):
        return None
    known = {question: field for question, field in zip(asked, fields, strict=True) if field is not None}
    choices = {question: _answers(test, question, field) for question, field in known.items()}
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
    return asked if asked is not None and (answers_of(asked) or asked.type in MEASURED) else None


MEASURED = frozenset({FieldType.NUMBER, FieldType.DATE})
"""Questions whose answers are tried below, at and above what they are compared with."""


def _answers(test: Test, question: Question, field: FormField) -> Answers:
    """Every answer, or all between which a condition tells; and none: the step may be skipped."""
    options = answers_of(field)
    if field.type in MEASURED:
        return [frozenset(), *_measured(test, question, field)]
    if field.type is not FieldType.CHOICES:
        return [frozenset(), *(frozenset({option}) for option in options)]
    several = (itertools.combinations(options, number) for number in range(len(options) + 1))
    return [frozenset(chosen) for chosen in itertools.chain.from_iterable(several) if may_go_together(field, chosen)]


def _can_be_tried(value: str) -> bool:
    """Whether a number or a day is named, and none of the case, which differs from one to the next."""
    try:
        compared = comparison_of(value)
        return not compared.relative if compared else bool(_PLAIN.fullmatch(value))
    except PhraseError:
        return False


_PLAIN = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}")


def _measured(test: Test, question: Question, field: FormField) -> Answers:
    """The numbers or days that are named, their neighbours, and of numbers what lies between them."""
    tried = [answer for answers in asked_about(test, question[1], field) for answer in answers]
    if field.type is FieldType.NUMBER:
        numbers = sorted({float(answer) for answer in tried if answer.count("-") < len("--")})
        tried += [f"{(low + high) / 2:g}" for low, high in itertools.pairwise(numbers)]
    return [frozenset({answer}) for answer in dict.fromkeys(tried)]


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
