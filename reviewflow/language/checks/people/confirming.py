"""Steps whose answers count with a code only: a person answers them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """PD410: somebody answers the step, so that there is a mailbox for the code."""
    for name, step in subject.steps.items():
        if step.confirm is not None and step.owner is None:
            message = f'Nobody answers "{name}": it happens by itself. Give it an owner, or take "confirm" out.'
            yield subject.key_error(("steps", name, "confirm"), "PD410", message)
