"""Dates that a case carries: what sets them, what counts from them, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.phrases import Due
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    for name, planned_date in subject.process.dates.items():
        if planned_date.planned is not None:
            yield from rule_problems(subject, planned_date.planned, ("dates", name, "planned"), "")
    yield from _circle(subject)
    for name, step in subject.steps.items():
        yield from _answers(subject, name)
        for date, rule in step.set.items():
            yield from _can_be_set(subject, date, ("steps", name, "set", date))
            yield from _known_by_then(subject, name, rule, ("steps", name, "set", date))
        if step.wait is not None:
            yield from _known_by_then(subject, name, step.wait, ("steps", name, "wait"))
        if step.due is not None:
            yield from _counts_from_later(subject, name, step.due)


def _answers(subject: Subject, name: str) -> Iterator[Problem]:
    """The dates that a step's form sets; of a shared form it is told at the step, because others may have the date."""
    form, path = subject.steps[name].form, ("steps", name, "form")
    for key, field in subject.form(name).items():
        place = (*path, key, "sets") if isinstance(form, dict) else path
        if field.sets is not None:
            yield from _can_be_set(subject, field.sets, place)


def sets_problem(field: FormField) -> str | None:
    """What is wrong with a question that sets a date, seen by itself."""
    if field.sets is not None and field.type is not FieldType.DATE:
        return f'Only a date can set "{field.sets}"; this field is a {field.type}.'
    return None


def _can_be_set(subject: Subject, date: str, path: Path) -> Iterator[Problem]:
    known = subject.process.dates
    if date in subject.process.opening.dates:
        message = (
            f'"{date}" is asked when the case is opened; it has happened and cannot be set. Set a date of "dates:".'
        )
        yield subject.error(path, "PD028", message)
    elif date not in known:
        message = unknown('a date under "dates:" of this process', date, known, "Dates that can be set")
        yield subject.error(path, "PD028", message)


def _known_by_then(subject: Subject, name: str, rule: Due, path: Path) -> Iterator[Problem]:
    """What happens by itself counts from a day that is known when its turn comes."""
    yield from rule_problems(subject, rule, path, name)
    root = _root(subject, rule.anchor.name)
    if root in subject.process.dates:
        message = (
            f'"{name}" counts from "{root}", of which nobody may know the day by then. Give it a plan under dates: '
            "planned: 6 months after ..."
        )
        yield subject.error(path, "PD027", message)
    elif root in subject.steps and root != name and not _follow(subject, name, root):
        message = f'"{name}" counts from "{root}", but does not wait for it. Add "{root}" to after.'
        yield subject.error(path, "PD027", message)


def _follow(subject: Subject, name: str, root: str) -> bool:
    """Whether one waits for the other, the right way round or (which is told elsewhere) the wrong one."""
    return subject.waits(name, root) or name in subject.before.get(root, ())


def _counts_from_later(subject: Subject, name: str, due: Due) -> Iterator[Problem]:
    """A due day may count from a date that is planned from the step itself, or from what comes after it."""
    root = _root(subject, due.anchor.name)
    late = root == name or (root in subject.steps and name in subject.before.get(root, ()))
    if due.anchor.name in subject.process.dates and late:
        message = (
            f'"{name}" counts from "{due.anchor.name}", which is planned from "{root}": that happens later. Count from '
            "something earlier."
        )
        yield subject.error(("steps", name, "due"), "PD025", message)


def _root(subject: Subject, name: str) -> str:
    """What a day counts from in the end, through dates and limits: an opening date, a step, a date without a plan."""
    seen: list[str] = []
    while name not in seen:
        seen.append(name)
        name = _counted_from(subject, name) or name
    return name


def _counted_from(subject: Subject, name: str) -> str | None:
    date, limit = subject.process.dates.get(name), subject.process.limits.get(name)
    if date is not None:
        return date.planned.anchor.name if date.planned else None
    if limit is not None:
        return limit.due.anchor.name if limit.due else limit.counts_from
    return None


def _circle(subject: Subject) -> Iterator[Problem]:
    """Dates and limits that are planned from each other have no day at all."""
    for name in subject.process.dates:
        way = [name]
        while (then := _counted_from(subject, way[-1])) is not None and then not in way:
            way.append(then)
        if then == name:
            message = f"These days count from each other in a circle: {', '.join([*way, name])}. Plan one otherwise."
            yield subject.error(("dates", name, "planned"), "PD023", message)
            return
