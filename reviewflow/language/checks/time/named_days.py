"""Rounds on days that are named by the week or the month, or count back from a date: whether the rhythm leads there."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import NamedDay, Unit
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Step
from reviewflow.language.phrases import OneOf, Rhythm
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        yield from _counts_back(subject, name, step)
        if step.repeats is None or step.due is None:
            continue
        named = next((part.span for part in step.due.parts if isinstance(part.span, NamedDay)), None)
        if named is None:
            continue
        path = ("steps", name, "repeats")
        if step.repeats.after_done:
            message = (
                f'The first round falls on {named}; "{step.repeats.often}" leads to whatever day it is then. Write: '
                f"every 4 weeks until {step.repeats.until}, or count the first day in weeks or months too."
            )
            yield subject.error(path, "PD465", message)
            continue
        if isinstance(step.due, OneOf):
            message = f'"{named}" and another day give no rhythm. Count the first round from one of them.'
            yield subject.error(path, "PD413", message)
        elif correction := _correction(named, step.repeats):
            message = f'"{step.repeats.often}" does not lead from {named} to another. {correction}'
            yield subject.error(path, "PD413", message)


def _counts_back(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """PD522: rounds whose first day counts back from a date that is set anew keep their rhythm, not the new day."""
    if step.repeats is None or step.repeats.after_done or step.due is None:
        return
    days = {part.anchor.name for part in step.due.parts if part.before} & subject.process.dates.keys()
    for setter, form in ((other, subject.form(other)) for other in subject.steps if not subject.waits(name, other)):
        if setter != name and (anew := days & {field.sets for field in form.values()}):
            message = (
                f'"{name}" counts back from "{min(anew)}", which "{setter}" may set anew; each further round falls '
                f"{step.repeats.every} after the first, and not before the new day. Where it is to come before each, "
                f'take repeats out, let "{setter}" come after "{name}", and send that back: reopens: {{{name}: ...}}.'
            )
            yield subject.warning(("steps", name, "repeats"), "PD522", message)


def meeting_problems(subject: Subject, named: NamedDay, path: Path) -> Iterator[Problem]:
    """PD437: whose meetings are counted is a group of partnership.yaml, and that says on which days it meets."""
    partnership = subject.library.partnership
    if partnership is None:
        return
    groups = partnership.model.groups
    if named.group not in groups:
        message = unknown("a group of partnership.yaml", named.group, groups, "Groups")
        yield subject.error(path, "PD437", message)
    elif not groups[named.group].meets:
        message = (
            f'Nobody says when "{named.group}" meets. Write its days into partnership.yaml, under groups, '
            f"{named.group}: meets: [2026-09-16, 2026-10-14]"
        )
        yield subject.error(path, "PD437", message)


def _correction(named: NamedDay, rhythm: Rhythm) -> str:
    """What to write instead, where the rhythm does not lead from one such day to another; '' where it does."""
    if named.group:
        return f"Write a day of the week: due: the first Wednesday after ..., and: every 4 weeks until {rhythm.until}."
    units = {length.unit for length in rhythm.lengths}
    if named.month is None and units != {Unit.WEEKS}:
        return (
            f"Write weeks: every 4 weeks until {rhythm.until}. "
            f"For one in each month, write: due: the next first {named.kind} of a month after ..."
        )
    if named.month is not None and units != {Unit.MONTHS}:
        return f"Write months: every 1 month until {rhythm.until}."
    return ""
