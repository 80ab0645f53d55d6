"""Whether some answers fulfil a condition, and which conditions have held when steps are done: for several checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, may_go_together
from reviewflow.language.checks.needed import surely_answered
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, holds_for, leaves
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.structure import graph

Question = tuple[str, str]
"""A step, and a question of its form."""
Given = Mapping[Question, frozenset[str]]


def done_with(subject: Subject, names: Iterable[str]) -> tuple[str, ...]:
    """These steps and all that were surely done before: of which an answer is asked, or that alone lead to one."""
    done: dict[str, None] = {}
    ahead = list(names)
    while ahead:
        name = ahead.pop(0)
        if name in done or name not in subject.steps:
            continue
        done[name] = None
        step = subject.steps[name]
        ahead += surely_answered(step.when) if step.when is not None else ()
        ahead += step.after if len(step.after) == 1 else ()
    return tuple(done)


def conditions_of(subject: Subject, names: Iterable[str]) -> tuple[Test, ...]:
    """The conditions of these steps and of all that were surely done before them: all held when they are all done."""
    held = (subject.steps[name].when for name in done_with(subject, names))
    return tuple(when for when in held if when is not None)


def without(subject: Subject, names: Set[str]) -> frozenset[str]:
    """These steps and all that are not needed either when these are not done."""
    left_out = set(names)
    for name in graph.order(subject.steps):
        step = subject.steps[name]
        unanswered = step.when is not None and not surely_answered(step.when).isdisjoint(left_out)
        if unanswered or (step.after and left_out.issuperset(step.after)):
            left_out.add(name)
    return frozenset(left_out)


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
        if _holds(test, dict(zip(asked, answers, strict=True))):
            return True
    return False


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
