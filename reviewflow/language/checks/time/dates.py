"""Dates that a case carries: what sets them, what counts from them, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import add_to_after, done_before
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.checks.time.circles import circle_through, counted_from
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.phrases import DayRule
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


def _known_by_then(subject: Subject, name: str, rule: DayRule, path: Path) -> Iterator[Problem]:
    """What happens by itself counts from days that are known when its turn comes."""
    yield from rule_problems(subject, rule, path, name)
    for root in _roots(subject, *(anchor.name for part in rule.parts for anchor in part.anchors)):
        yield from _root_problems(subject, name, root, path)


def _root_problems(subject: Subject, name: str, root: str, path: Path) -> Iterator[Problem]:
    if root in subject.process.dates:
        yield from (subject.error(path, "PD027", message) for message in _not_known(subject, name, root))
    elif root in subject.steps and root != name and not _follow(subject, name, root):
        message = f'"{name}" counts from "{root}", but does not wait for it. '
        message += add_to_after(subject, name, root)
        yield subject.error(path, "PD027", message)


def _not_known(subject: Subject, name: str, date: str) -> Iterator[str]:
    """Why nobody may know the day of a date without a plan when `name` opens; nothing when an answer surely set it."""
    done = done_before(subject, name)
    asked = [
        (step, key, field)
        for step in subject.steps
        if step != name and subject.waits(name, step)
        for key, field in subject.form(step).items()
        if field.sets == date
    ]
    if any(step in done and field.always_required for step, _, field in asked) or any(
        date in subject.steps[step].set for step in done
    ):
        return
    told = f'"{name}" counts from "{date}", of which nobody may know the day by then'
    if not asked:
        yield f"{told}. {_PLAN_IT}"
        return
    step, key, _ = next((each for each in asked if each[0] in done), asked[0])
    why = f'"{step}" may be done without that' if step in done else f'"{step}" may not have been done'
    yield f"{told}: {step}.{key} sets it, and {why}. Count from that answer, {step}.{key}, or g{_PLAN_IT[1:]}"


_PLAN_IT = "Give it a plan under dates: planned: 6 months after ..."


def _follow(subject: Subject, name: str, root: str) -> bool:
    """Whether one waits for the other, the right way round or (which is told elsewhere) the wrong one."""
    return subject.waits(name, root) or name in subject.before.get(root, ())


def _counts_from_later(subject: Subject, name: str, due: DayRule) -> Iterator[Problem]:
    """A due day may count from a date that is planned from the step itself, or from what comes after it."""
    for date in dict.fromkeys(part.anchor.name for part in due.parts if part.anchor.name in subject.process.dates):
        for root in _roots(subject, date):
            if root == name or (root in subject.steps and name in subject.before.get(root, ())):
                message = (
                    f'"{name}" counts from "{date}", which is planned from "{root}": that happens later. Count from '
                    "something earlier."
                )
                yield subject.error(("steps", name, "due"), "PD025", message)


def _roots(subject: Subject, *names: str) -> list[str]:
    """What days count from in the end, through dates and limits: opening dates, steps, dates without a plan."""
    roots, seen, ahead = list[str](), set[str](), list(names)
    while ahead:
        name = ahead.pop(0)
        counted = counted_from(subject, name)
        if not counted or name in seen:
            roots.append(name)
        ahead += counted if name not in seen else ()
        seen.add(name)
    return list(dict.fromkeys(roots))


def _circle(subject: Subject) -> Iterator[Problem]:
    """Dates and limits that are planned from each other have no day at all."""
    for name in subject.process.dates:
        way = circle_through(name, lambda other: counted_from(subject, other))
        if way:
            message = f"These days count from each other in a circle: {', '.join(way)}. Plan one otherwise."
            yield subject.error(("dates", name, "planned"), "PD023", message)
            return
