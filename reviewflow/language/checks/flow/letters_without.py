"""PD504: a letter or paper about what may not have begun: it goes all the same, because it waits for more than that."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import needed_whenever, surely_answered, without
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Step
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    if not subject.before:
        return
    for name, step in subject.steps.items():
        about = step.about
        if about is None or about not in subject.steps or step.optional:
            continue
        missing = next((other for other in _unsure(subject, step) if _goes_without(subject, name, about, other)), None)
        if missing is not None:
            yield _problem(subject, name, about, missing)


def _unsure(subject: Subject, step: Step) -> Iterator[str]:
    """What it waits for beside something else, and that may never begin."""
    known = [other for other in step.after if other in subject.steps] if len(step.after) > 1 else []
    return (other for other in known if subject.steps[other].optional or subject.steps[other].when is not None)


def _goes_without(subject: Subject, name: str, about: str, missing: str) -> bool:
    """Whether it goes although a step was not needed, and what it is about is not needed either then."""
    when = subject.steps[name].when
    if needed_whenever(subject, missing, name) or (when is not None and missing in surely_answered(when)):
        return False
    lost = without(subject, frozenset({missing}))
    return about in lost and name not in lost


def _problem(subject: Subject, name: str, about: str, missing: str) -> Problem:
    begun = "nobody has begun it" if subject.steps[missing].optional else "it was not needed"
    whose = f'is about "{about}"' if about == missing else f'is about "{about}", which follows "{missing}"'
    message = (
        f'"{name}" {whose}, and goes also where {begun}, as soon as the rest of its after is settled. '
        f'Let it come after "{missing}" alone; what that must wait for stands in the after of "{missing}".'
    )
    return subject.warning(("steps", name, "after"), "PD504", message)
