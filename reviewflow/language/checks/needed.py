"""Which steps are surely done, and which answers a condition needs: for several checks."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache

from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test
from reviewflow.language.model import FieldType, Step
from reviewflow.language.structure import graph


def may_be_not_needed(subject: Subject, name: str) -> bool:
    """Whether a step may end without being done: it is optional, has a condition, or hangs on such steps alone."""
    step = subject.steps[name]
    return step.optional or step.when is not None or _hangs_on_such(subject, name, step)


def needed_whenever(subject: Subject, name: str, other: str) -> bool:
    """Whether a step is surely needed where the other is: all that it is needed for, the other is needed for too."""
    step, when = subject.steps[name], subject.steps[other].when
    if step.optional or step.when is None or when is None or step.for_each is not None:
        return False
    return _parts(step.when) <= _parts(when) and not _hangs_on_such(subject, name, step)


def _parts(test: Test) -> frozenset[Test]:
    return frozenset(test.parts) if isinstance(test, AllOf) else frozenset({test})


def _hangs_on_such(subject: Subject, name: str, step: Step) -> bool:
    known = [other for other in step.after if other in subject.steps and name not in subject.before.get(other, ())]
    return (
        bool(subject.before and known)
        and all(may_be_not_needed(subject, other) for other in known)
        and (not one_always_is_needed(subject, known))
    )


def one_always_is_needed(subject: Subject, names: Iterable[str]) -> bool:
    """Whether one of these steps is needed whatever is answered: their conditions leave no answer out.

    Either the condition of one is the opposite of another's, or they ask for every answer to one question that is
    surely answered.
    """
    steps = {name: subject.steps[name] for name in names if name in subject.steps}
    whens = (each.when for name, each in steps.items() if not (each.optional or _hangs_on_such(subject, name, each)))
    tests = [when for when in whens if when is not None]
    if any(isinstance(test, Not) and test.part in tests for test in tests):
        return True
    asked = [test for test in tests if isinstance(test, Is) and test.many is Many.ONE and test.step in subject.steps]
    return any(_every_answer(subject, test, asked) for test in asked)


def _every_answer(subject: Subject, test: Is, asked: Iterable[Is]) -> bool:
    """Whether these conditions name all answers that the question of one of them can be given, and must be."""
    step, question = subject.steps[test.step], subject.form(test.step).get(test.field)
    if question is None or question.required is not True or step.silence is not None or step.for_each is not None:
        return False
    named = {value for other in asked if (other.step, other.field) == (test.step, test.field) for value in other.values}
    possible = {"yes", "no"} if question.type is FieldType.YES_NO else set(question.options)
    single = question.type in {FieldType.YES_NO, FieldType.CHOICE}
    return single and bool(possible) and possible <= named and not may_be_not_needed(subject, test.step)


def surely_answered(test: Test) -> frozenset[str]:
    """The steps of which an answer is needed for the condition to hold."""
    match test:
        case Is(step):
            return frozenset({step})
        case AllOf(parts):
            return frozenset[str]().union(*(surely_answered(part) for part in parts))
        case AnyOf(parts):
            return frozenset[str].intersection(*(surely_answered(part) for part in parts))
        case Not():
            return frozenset()


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


def done_before(subject: Subject, name: str) -> frozenset[str]:
    """The steps before this one that somebody answered, or that did their work, whenever it opens; once for the case.

    A step that somebody passed over by hand is not thought of.
    """
    needed = {other for other in subject.before.get(name, ()) if not may_be_not_needed(subject, other)}
    surely = {*needed, *done_with(subject, (name,))} & subject.before.get(name, frozenset())
    return frozenset(other for other in surely if _answered_when_done(subject.steps[other]))


def _answered_when_done(step: Step) -> bool:
    """Whether it is done once and by what somebody says: silence answers nothing, and a list may have no lines."""
    return step.silence is None and step.for_each is None and step.repeats is None


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


def add_to_after(subject: Subject, name: str, other: str) -> str:
    """What to write so that a step waits for another one: where it stands beside what begins it, that would not.

    What hangs on an optional step alone begins with that. With another step beside it, it would begin without it.
    """
    hangs_on = begins_with(subject, name)
    if hangs_on is None or hangs_on == other or hangs_on in subject.before.get(other, ()):
        return f'Add "{other}" to after.'
    return (
        f'Add "{other}" to the after of "{hangs_on}". Beside "{hangs_on}" in the after of "{name}" it would let '
        f'"{name}" begin without "{hangs_on}".'
    )


def begins_with(subject: Subject, name: str) -> str | None:
    """The optional step on which this one hangs, so that it begins with that and not otherwise; None where on none."""
    earlier = subject.before.get(name, frozenset())
    optional = (other for other in subject.order if other in earlier and subject.steps[other].optional)
    return next((other for other in optional if name in without(subject, frozenset({other}))), None)


def only_after(subject: Subject, name: str, others: frozenset[str]) -> bool:
    """Whether a step is not needed itself whenever none of the others is; true where it waits for what nobody knows."""

    @cache
    def follows(step: str) -> bool:
        known = subject.steps.get(step)
        return known is None or (
            bool(known.after) and all(before in others or follows(before) for before in known.after)
        )

    return follows(name)
