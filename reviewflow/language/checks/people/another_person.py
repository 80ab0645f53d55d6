"""Steps that somebody else does than another one: there is such a step, and a person does it before."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.problem import Problem
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    """PD368: who did the other step can be known when this one is answered."""
    for name, step in subject.steps.items():
        path = ("steps", name, "not_by")
        if step.not_by and step.owner is None:
            message = f'Nobody does "{name}": it happens by itself. Give it an owner, or take "not_by" out.'
            yield subject.key_error(path, "PD368", message)
            continue
        for other, place in subject.named(step.not_by or (), path):
            if other not in subject.steps:
                message = unknown("a step of this process", other, subject.steps, "Its steps")
                yield subject.error(place, "PD022", message)
            elif subject.steps[other].owner is None:
                message = f'"{other}" happens by itself, so nobody did it. Name a step that a person does.'
                yield subject.error(place, "PD368", message)
            elif other == name or not subject.waits(name, other):
                message = (
                    f'"{name}" does not wait for "{other}", so it may not be known who did that. '
                    f"{add_to_after(subject, name, other)}"
                )
                yield subject.error(place, "PD368", message)
