"""Conditions with `not` over a question that may never be asked: `not` holds there too, and the writer should know."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import may_be_not_needed
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test, leaves
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path


def check(subject: Subject) -> Iterator[Problem]:
    process = subject.process
    places: list[tuple[Path, Test | None]] = [
        *((("steps", name, "when"), step.when) for name, step in process.steps.items()),
        *((("limits", name, "when"), limit.when) for name, limit in process.limits.items()),
        *((("endings", name, "when"), ending.when) for name, ending in process.endings.items()),
    ]
    for path, when in places:
        denied = {leaf.step: leaf for leaf in _denied(when)} if when is not None else {}
        for step, leaf in denied.items():
            if step in subject.steps and may_be_not_needed(subject, step) and not _hangs_on(subject, path, step):
                message = (
                    f'"{step}" may be not needed, and then nobody answers it. What stands under "not" is so then too: '
                    "it was not answered that way. Where that is not meant, name the answers that are: "
                    f"{{{leaf.key}: ...}}."
                )
                yield subject.key_warning(path, "PD320", message)


def _hangs_on(subject: Subject, path: Path, step: str) -> bool:
    """Whether what asks is a step that is not needed itself when this one is not."""
    return path[0] == "steps" and subject.steps[str(path[1])].after == (step,)


def _denied(test: Test) -> Iterator[Is]:
    """Every question under a `not`."""
    match test:
        case Is():
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _denied(part)
        case Not(part):
            yield from leaves(part)
