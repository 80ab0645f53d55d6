"""What can never happen, and what leads nowhere: warnings, because such a process runs all the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, may_go_together
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, holds_for, leaves
from reviewflow.language.model import FieldType, FormField, Record
from reviewflow.language.problem import Problem
from reviewflow.text import listing

Question = tuple[str, str]
"""A step, and a question of its form."""
Given = Mapping[Question, frozenset[str]]


def check(subject: Subject) -> Iterator[Problem]:
    if not subject.before:
        return
    for name in subject.steps:
        yield from _never(subject, name)
    for name in subject.steps:
        yield from _leads_nowhere(subject, name)
    yield from _unverified_actions(subject)


def _never(subject: Subject, name: str) -> Iterator[Problem]:
    """A step whose condition, together with those of the steps that it hangs on, no answers fulfil."""
    own = subject.steps[name].when
    if own is None or _possible(subject, own) is None:
        return
    chain = [condition for condition in (own, *_conditions_above(subject, name)) if condition is not None]
    if _possible(subject, AllOf(tuple(chain))) is False:
        message = (
            f'No answers make "{name}" happen: what it asks for contradicts itself, or what the steps before it ask '
            "for. Look at its when, and at theirs."
        )
        yield subject.warning(("steps", name, "when"), "PD055", message)


def _conditions_above(subject: Subject, name: str) -> Iterator[Test]:
    """Conditions that surely held when the step opens: of the one step that it waits for, and so on up."""
    while len(subject.steps[name].after) == 1 and subject.steps[name].after[0] in subject.steps:
        name = subject.steps[name].after[0]
        when = subject.steps[name].when
        if when is not None:
            yield when


def _possible(subject: Subject, test: Test) -> bool | None:
    """Whether some answers fulfil it; None when it asks what is told elsewhere to be wrong, or too much to try."""
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


def _leads_nowhere(subject: Subject, name: str) -> Iterator[Problem]:
    """An answer after which nothing follows, though other answers of the same question lead somewhere."""
    following = [other for other, step in subject.steps.items() if name in step.after]
    if not following or any(_goes_on_anyway(subject, other, name) for other in following):
        return
    tests = [test for test in _tests_about(subject, name) if test is not None]
    for field_name, field in subject.form(name).items():
        question = (name, field_name)
        about = [test for test in tests if any((leaf.step, leaf.field) == question for leaf in leaves(test))]
        if field.type is not FieldType.CHOICE or not about:
            continue
        lost = [option for option in field.options if not any(_may_hold(test, question, option) for test in about)]
        if lost:
            message = (
                f'Nothing follows when "{field_name}" of "{name}" is answered {listing(lost, last="or")}: no step, no '
                "ending and no sending back asks for it. Say what follows. Where nothing shall follow, say so beside "
                "the step, with the reason: meant: {PD056: ...}"
            )
            yield subject.key_warning(("steps", name), "PD056", message)


def _tests_about(subject: Subject, name: str) -> Iterator[Test | None]:
    """Everything that may follow the step: steps, endings, work sent back, holds and clocks."""
    step = subject.steps[name]
    for other in subject.steps.values():
        yield other.when
    yield from (ending.when for ending in subject.process.endings.values())
    yield from (limit.when for limit in subject.process.limits.values())
    own = [reopen.when for reopen in step.reopens.values()]
    own += [placing.when for placing in (*step.places.values(), *step.lifts.values())]
    yield from (_of_step(test, name) for test in own)


def _of_step(test: Test, step: str) -> Test:
    """A condition over a step's own form, as others would write it."""
    match test:
        case Is():
            return replace(test, step=step)
        case AllOf(parts):
            return AllOf(tuple(_of_step(part, step) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_of_step(part, step) for part in parts))
        case Not(part):
            return Not(_of_step(part, step))


def _goes_on_anyway(subject: Subject, following: str, name: str) -> bool:
    """Whether what follows asks nothing of this step, so that no answer to it stands in the way."""
    when = subject.steps[following].when
    asked = {leaf.step for leaf in leaves(when)} if when is not None else set()
    return name not in asked and asked <= set(subject.steps)


def _may_hold(test: Test, question: Question, option: str) -> bool:
    """Whether the condition may hold when this is the answer; other questions may be answered in any way."""
    match test:
        case Is(step, field, values):
            return (step, field) != question or option in values
        case AllOf(parts):
            return all(_may_hold(part, question, option) for part in parts)
        case AnyOf(parts):
            return any(_may_hold(part, question, option) for part in parts)
        case Not(part):
            return any((leaf.step, leaf.field) != question for leaf in leaves(part)) or not _may_hold(
                part, question, option
            )


def _unverified_actions(subject: Subject) -> Iterator[Problem]:
    """Actions that are done by those who owe them, and that nobody else verifies."""
    for name, step in subject.steps.items():
        if step.owner is None or not step.owner.startswith("each.") or not isinstance(step.for_each, str):
            continue
        if step.records is Record.ACTION_MILESTONE:
            continue  # the action that it is on the way of is looked at
        verified = any(
            name in subject.before[other] and later_step.owner is not None and not later_step.owner.startswith("each.")
            for other, later_step in subject.steps.items()
        )
        if not verified:
            message = (
                f'Those who owe "{name}" say themselves that it is done, and nobody else looks at it afterwards. Add a '
                "step after it, with another owner, that verifies it."
            )
            yield subject.key_warning(("steps", name), "PD057", message)
