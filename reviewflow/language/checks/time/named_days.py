"""Rounds on days that are named by the week or the month: the rhythm must lead from one such day to the next."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import NamedDay, Unit
from reviewflow.language.checks.subject import Subject
from reviewflow.language.phrases import OneOf, Rhythm
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if step.repeats is None or step.due is None:
            continue
        named = next((part.span for part in step.due.parts if isinstance(part.span, NamedDay)), None)
        if named is None:
            continue
        path = ("steps", name, "repeats")
        if isinstance(step.due, OneOf):
            message = f'"{named}" and another day give no rhythm. Count the first round from one of them.'
            yield subject.error(path, "PD413", message)
        elif correction := _correction(named, step.repeats):
            message = f'"every {step.repeats.every}" does not lead from {named} to another. {correction}'
            yield subject.error(path, "PD413", message)


def _correction(named: NamedDay, rhythm: Rhythm) -> str:
    """What to write instead, where the rhythm does not lead from one such day to another; '' where it does."""
    if named.month is None and rhythm.every.unit is not Unit.WEEKS:
        return (
            f"Write weeks: every 4 weeks until {rhythm.until}. "
            f"For one in each month, write: due: the next first {named.kind} of a month after ..."
        )
    if named.month is not None and rhythm.every.unit is not Unit.MONTHS:
        return f"Write months: every 1 month until {rhythm.until}."
    return ""
