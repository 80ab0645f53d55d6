"""Cases that steps open: with days that have come (PD513), and once, however often what leads to it is done (PD514)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import begins_with
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Step
from reviewflow.language.phrases import DayRule, parse_anchor
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    yield from _opened_once(subject)
    for name, step in subject.steps.items() if subject.before else ():
        for date, text in step.start.dates.items() if step.start is not None else ():
            planned = parse_anchor(text).name
            if _lies_ahead(subject, name, planned) and not _may_have_come(subject, name, planned):
                message = (
                    f'"{planned}" may still lie ahead when "{name}" begins, and a case opens only with days that have '
                    f'come: until then "{name}" opens none. Let it come after a step that waits: "wait: on {planned}". '
                    "Or hand over a day that has come, and count from that in the other process."
                )
                yield subject.warning(("steps", name, "start", "dates", date), "PD513", message)


def _opened_once(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items() if subject.before else ():
        begun = begins_with(subject, name) if step.start is not None and step.for_each is None else None
        if begun is not None:
            message = (
                f'"{name}" opens one case. Where "{begun}" is begun again, it opens no other, and names the first. '
                "Where that may happen, enter each in a table that grows, and open a case for each line with for_each."
            )
            yield subject.key_warning(("steps", name, "start"), "PD514", message)


def _lies_ahead(subject: Subject, name: str, day: str) -> bool:
    """Whether it is the last day of a limit, a date that is planned forwards, or one before which the step begins."""
    if day in subject.process.limits:
        return True
    if day not in subject.process.dates:
        return False
    planned = subject.process.dates[day].planned
    waited = [rule for other in subject.before[name] for rule in _held_back(subject.steps[other])]
    forwards = planned is not None and not any(part.before for part in planned.parts)
    return forwards or any(_counts_from(rule, day, before=True) for rule in waited)


def _may_have_come(subject: Subject, name: str, day: str) -> bool:
    """Whether it waits for that day, or for a step that may set it to one that has come."""
    return any(
        _sets(subject, other, day) or any(_counts_from(rule, day) for rule in _held_back(subject.steps[other]))
        for other in subject.before[name]
    )


def _held_back(step: Step) -> tuple[DayRule, ...]:
    return tuple(rule for rule in (step.wait, step.not_before) if rule is not None)


def _counts_from(rule: DayRule, day: str, *, before: bool = False) -> bool:
    parts = [part for part in rule.parts if part.before == before]
    return any(day == anchor.name for part in parts for anchor in part.anchors)


def _sets(subject: Subject, step: str, day: str) -> bool:
    return day in (subject.steps[step].set or {}) or any(field.sets == day for field in subject.form(step).values())
