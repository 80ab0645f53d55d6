"""PD498: a day that counts from the opening, of a step that comes after what may come at any time."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Span
from reviewflow.language.checks.needed import only_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.phrases import DayRule, Due
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    at_any_time = [name for name in subject.steps if _may_come_at_any_time(subject, name)]
    for name, step in subject.steps.items() if subject.before else ():
        if step.due is None or step.owner is None or step.optional or not _is_of_the_opening(subject, step.due):
            continue
        first = next((other for other in at_any_time if _comes_after(subject, name, other)), None)
        if first is not None:
            yield subject.warning(("steps", name, "due"), "PD498", _message(name, first, step.due))


def _message(name: str, first: str, rule: DayRule) -> str:
    length = rule.span if isinstance(rule, Due) and isinstance(rule.span, Span) else "5 working days"
    return (
        f'"{name}" comes after "{first}", which may come at any time, and its day ({rule}) is known when the case is '
        f'opened. Once that has passed, "{name}" is overdue as soon as it is owed. Count from what it follows: '
        f"due: {length} after {first}."
    )


def _may_come_at_any_time(subject: Subject, name: str) -> bool:
    """Whether somebody begins it when it happens, or it ends what comes again and has no day itself."""
    step = subject.steps[name]
    ends = any(other.repeats is not None and other.repeats.until == name for other in subject.steps.values())
    return step.optional or (ends and step.due is None and step.wait is None)


def _comes_after(subject: Subject, name: str, other: str) -> bool:
    return name != other and other in subject.before.get(name, ()) and only_after(subject, name, frozenset({other}))


def _is_of_the_opening(subject: Subject, rule: DayRule) -> bool:
    """Whether its day is known when the case is opened; of the earlier of several, one that is will do."""
    known = {"opened", *subject.process.opening.dates}
    early = [all(anchor.field is None and anchor.name in known for anchor in part.anchors) for part in rule.parts]
    return all(early) if isinstance(rule, Due) or rule.later else any(early)
