"""Steps that do not simply come once, in their turn and from everybody: what each such key needs, and never locks."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.answers import known_answer
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import leaves
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    yield from _begins(subject)
    for name in subject.steps:
        yield from _outside(subject, name)
    for name in subject.process.limits:
        yield from _limit(subject, name)


def _begins(subject: Subject) -> Iterator[Problem]:
    first = [name for name, step in subject.steps.items() if not step.after]
    if first and all(subject.steps[name].optional for name in first):
        message = (
            "Every step with which the case could begin is optional, so it would be over as soon as it is opened.\n"
            "Take optional out of one of them."
        )
        yield subject.key_error(("steps", first[0], "optional"), "PD080", message)


def _outside(subject: Subject, name: str) -> Iterator[Problem]:
    """Answers from outside, and silence that counts."""
    step, path = subject.steps[name], ("steps", name)
    for key in ("waits_for", "silence"):
        if getattr(step, key) is not None and step.owner is None:
            message = f'"{key}" belongs to a step whose answer a person records. Give "{name}" an owner.'
            yield subject.key_error((*path, key), "PD083", message)
    if step.silence is not None and step.due is None:
        message = (
            "Silence counts when the due day has ended, but no day is given. Write: due: 10 working days after ..."
        )
        yield subject.key_error((*path, "silence"), "PD083", message)


def _limit(subject: Subject, name: str) -> Iterator[Problem]:
    limit, path = subject.process.limits[name], ("limits", name)
    met_by = subject.steps.get(limit.met_by)
    if met_by is not None and met_by.optional and limit.national is not None:
        message = (
            f'"{limit.met_by}" is optional, so this national limit would not run until somebody opens it. '
            "Name a step that everybody waits for."
        )
        yield subject.error((*path, "met_by"), "PD080", message)
    if met_by is not None and met_by.silence is not None and limit.national is not None:
        message = f'"{limit.met_by}" may be settled by silence, but a national limit is met by what somebody does.'
        yield subject.error((*path, "met_by"), "PD083", f"{message} Name another step.")
    if limit.when is None:
        return
    for leaf in leaves(limit.when):
        yield from known_answer(subject, leaf, (*path, "when"))
        if leaf.step in subject.steps and met_by is not None and not subject.waits(limit.met_by, leaf.step):
            mark = subject.answer_mark((*path, "when"), leaf.key)
            message = (
                f'Whether this clock runs depends on "{leaf.step}", but "{limit.met_by}", which stops it, does not '
                f'wait for "{leaf.step}". Add "{leaf.step}" to its after.'
            )
            yield subject.error_at(mark, "PD051", message)
