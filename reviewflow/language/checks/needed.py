"""Whether a step is surely done, and which answers a condition needs: for several checks."""

from __future__ import annotations

from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test


def may_be_not_needed(subject: Subject, name: str) -> bool:
    """Whether a step may end without being done: it is optional, has a condition, or hangs on such steps alone."""
    step = subject.steps[name]
    if step.optional or step.when is not None:
        return True
    known = [other for other in step.after if other in subject.steps and name not in subject.before.get(other, ())]
    return bool(subject.before and known) and all(may_be_not_needed(subject, other) for other in known)


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
