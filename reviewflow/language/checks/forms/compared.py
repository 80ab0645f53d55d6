"""Days in conditions that are compared with a date of the case: it is one that the case has, and that has come."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import done_before
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Is
from reviewflow.language.phrases.comparisons import HowFar, comparison_of
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def compared_with(subject: Subject, leaf: Is, path: Path) -> Iterator[Problem]:
    """PD363: a day is compared with a date that the case has; PD462: which is more than a plan by then."""
    known = [*subject.process.opening.dates, *subject.process.dates]
    for value in leaf.values:
        compared = comparison_of(value)
        name = compared.relative if compared is not None else ""
        mark = subject.answer_mark(path, leaf.key, value)
        if name and name not in known:
            yield subject.error_at(mark, "PD363", unknown("a date of the case", name, known, "Its dates"))
        elif name in subject.process.dates and (message := not_set(subject, name, path)):
            yield subject.error_at(mark, "PD462", message)


def only_planned(subject: Subject, far: HowFar, path: Path) -> Iterator[str]:
    """Of two that lie apart: why a date may not be set when this is asked."""
    dates = [end.name for end in far.ends if end.field is None and end.name in subject.process.dates]
    yield from filter(None, (not_set(subject, name, path) for name in dates))


def not_set(subject: Subject, date: str, path: Path) -> str:
    """Why a date under `dates` may not be set when the condition is asked: a plan compares with nothing."""
    setting = {step: always for step in subject.steps if (always := _sets(subject, step, date)) is not None}
    planned = subject.process.dates[date].planned is not None
    asking = str(path[1]) if path[0] == "steps" else ""
    if any(always and step in done_before(subject, asking) for step, always in setting.items()) if asking else setting:
        return ""
    if setting and not planned:  # a day that nobody knows compares with nothing, and the file has no other
        return ""
    told = f'"{date}" is a plan' if planned else f'Nothing sets "{date}"'
    found = f"{told}, and a condition compares only with a day that is set by then: it would never hold."
    if setting:
        found = f"{told}, and may not have been set by then: the condition would not hold, whatever is planned."
    rule = subject.process.dates[date].planned
    way = f"set: {{{date}: {rule}}}" if rule is not None else f"set: {{{date}: ...}}"
    return f"{found} Let a step before it set the date, such as one with: {way}"


def _sets(subject: Subject, step: str, date: str) -> bool | None:
    """Whether a step that is done has surely set a date; None where it never does."""
    if date in subject.steps[step].set:
        return True
    asked = [field.always_required for field in subject.form(step).values() if field.sets == date]
    return all(asked) if asked else None
