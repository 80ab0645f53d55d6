"""What can never happen, and what leads nowhere: warnings, because such a process runs all the same."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.fulfilled import Question, possible
from reviewflow.language.checks.needed import conditions_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test, leaves, of_step
from reviewflow.language.model import EACH, FieldType, Record
from reviewflow.language.problem import Problem
from reviewflow.text import listing


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
    if own is None or possible(subject, (own,)) is None:
        return
    if possible(subject, conditions_of(subject, (name,))) is False:
        message = (
            f'No answers make "{name}" happen: what it asks for contradicts itself, or what the steps before it ask '
            "for. Look at its when, and at theirs."
        )
        yield subject.warning(("steps", name, "when"), "PD055", message)


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
    own += [ends.when for ends in (step.ends_rounds or {}).values()]
    own += [placing.when for placing in (*step.places.values(), *step.lifts.values())]
    yield from (of_step(test, name) for test in own)


def _goes_on_anyway(subject: Subject, following: str, name: str) -> bool:
    """Whether what follows asks nothing of this step, so that no answer to it stands in the way."""
    when = subject.steps[following].when
    asked = {leaf.step for leaf in leaves(when)} if when is not None else set()
    return name not in asked and asked <= {*subject.steps, EACH}


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
        if step.records in {Record.ACTION_MILESTONE, Record.ACTION_SAID}:
            continue  # the action that it is on the way of, or tells more of, is looked at
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
