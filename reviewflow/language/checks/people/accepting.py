"""Whoever accepted, as owner or recipient: somebody was asked in order, and nothing is owed where nobody accepted."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, Is, Test, of_step
from reviewflow.language.model import Asks
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def check_accepted(subject: Subject, name: str, asking: str, path: Path, *, owns: bool) -> Iterator[Problem]:
    """Whether somebody may have accepted that step, and surely did where `name` is owed; `path` is its owner's."""
    asks = subject.steps[asking].asks
    if asks is None:
        known = [step for step, each in subject.steps.items() if each.asks is not None]
        what = "a step for which several are asked in order (owner: next in order)"
        yield subject.error(path, "PD382", unknown(what, asking, known, "Such steps"))
    elif owns and not _only_when(subject, name, of_step(asks.accepts, asking), frozenset()):
        message = (
            f'"{asking}" may end with nobody accepting it, and then nobody would do "{name}". '
            f"Let it be needed only where somebody did: when: {_example(asks, asking)}"
        )
        yield subject.error(path, "PD438", message)


def _only_when(subject: Subject, name: str, answered: Test, seen: frozenset[str]) -> bool:
    """Whether a step is needed only where that was answered: by its own condition, or by those of all before it."""
    step = subject.steps[name]
    parts = step.when.parts if isinstance(step.when, AllOf) else (step.when,)
    before = [other for other in step.after if other in subject.steps and other not in seen]
    return answered in parts or (
        bool(before) and all(_only_when(subject, other, answered, seen | {name}) for other in before)
    )


def _example(asks: Asks, asking: str) -> str:
    """'{find.will_you: yes}', or what stands for a longer condition."""
    if isinstance(asks.accepts, Is):
        return f"{{{asking}.{asks.accepts.field}: {asks.accepts.values[0]}}}"
    return f"{{...}}, with what accepts it, each question written {asking}.NAME"
