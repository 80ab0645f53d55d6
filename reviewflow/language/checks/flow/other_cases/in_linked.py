"""Steps that wait for what is done in the cases that are linked with theirs."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import SHARING_LINKS, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure import graph
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    """PD510: what is waited for in linked cases can come, and no two cases wait for each other for ever."""
    for name, step in subject.steps.items():
        for kind, names in (step.after_in_linked or {}).items():
            path: Path = ("steps", name, "after_in_linked", kind)
            if kind not in SHARING_LINKS:
                yield subject.key_error(path, "PD510", unknown("a kind of link", kind, SHARING_LINKS, "It is one of"))
            for other, place in subject.named(names, path):
                if message := _cannot_come(subject, name, other):
                    yield subject.error(place, "PD510", message)
        if step.after_in_linked and (message := _opens_otherwise(name, step)):
            yield subject.key_error(("steps", name, "after_in_linked"), "PD510", message)


def _cannot_come(subject: Subject, name: str, other: str) -> str:
    """Why no linked case ever settles this step for one that waits there; '' where it can."""
    if other not in subject.steps:
        return unknown("a step of this process", other, [*subject.steps], "Its steps")
    if other == name or name in _before(subject, other):
        waits = "itself" if other == name else f'"{name}"'
        return (
            f'"{other}" waits for {waits}, so that two linked cases would wait for each other for ever. '
            f'Name a step that is done before "{name}".'
        )
    return ""


def _before(subject: Subject, name: str) -> set[str]:
    """All that is settled before a step begins, in this case or in one that is linked with it."""
    before, ways = set[str](), [name]
    while ways:
        earlier = [other for other in _waits_for(subject, ways.pop()) if other not in before]
        before.update(earlier)
        ways += earlier
    return before


def _waits_for(subject: Subject, name: str) -> list[str]:
    step = subject.steps.get(name)
    if step is None:
        return []
    elsewhere = [other for names in (step.after_in_linked or {}).values() for other in names]
    return [*graph.leads_to(name, step), *elsewhere]


def _opens_otherwise(name: str, step: Step) -> str:
    """Why a step does not begin by what is settled elsewhere; '' where it does."""
    if step.optional:
        return f'"{name}" is optional: somebody opens it when the others are ready. Take "after_in_linked" out.'
    if step.repeats is not None or step.after_round is not None:
        return (
            f'"{name}" comes round by round, and the other cases have rounds of their own. Take "after_in_linked" out.'
        )
    return ""
