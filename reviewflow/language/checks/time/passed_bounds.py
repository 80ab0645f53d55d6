"""PD496: a day on which work goes on, bounded by one that passes: then nobody can say a day that lies ahead."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FormField, FormFields
from reviewflow.language.phrases import DayRule
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    counted = frozenset(_counted_from(subject))
    for name, step in subject.steps.items():
        form, own = subject.form(name), isinstance(step.form, dict)
        for question, field in form.items():
            rule = field.not_after
            if (
                rule is None
                or not _passes(subject, rule, form)
                or not _goes_on(subject, name, question, field, counted)
            ):
                continue
            path = ("steps", name, "form", question, "not_after") if own else ("steps", name, "form")
            yield subject.warning(path, "PD496", _message(name, question, field, rule))


def _message(name: str, question: str, field: FormField, rule: DayRule) -> str:
    what = (
        f'what is done later cannot be recorded as it was, and "{name}" stays open'
        if field.completes
        else f'"{name}" takes no day that lies ahead any more, and the work after it cannot go on'
    )
    return (
        f'The work goes on by "{question}", and not_after ("{rule}") takes no later day. Once that has passed, {what}. '
        "Take not_after out: a time limit says by when, warns, and is recorded as missed. Where nothing may follow "
        "then, answer this with meant."
    )


def _passes(subject: Subject, rule: DayRule, form: FormFields) -> bool:
    """Whether the bound is a day of the case, whatever this form or an earlier one is answered with."""
    known = {"opened", *subject.dates, *subject.process.limits, *subject.steps}
    anchors = [anchor for part in rule.parts for anchor in part.anchors]
    return all(anchor.field is None and anchor.name in known and anchor.name not in form for anchor in anchors)


def _goes_on(subject: Subject, name: str, question: str, field: FormField, counted: frozenset[tuple[str, str]]) -> bool:
    """Whether the step counts as done on that day, later days count from it, or it sets one that a limit bounds."""
    if field.completes or (name, question) in counted:
        return True
    rule = field.not_after
    names = {anchor.name for part in rule.parts for anchor in part.anchors} if rule is not None else set[str]()
    return bool(field.sets) and not names.isdisjoint(subject.process.limits)


def _counted_from(subject: Subject) -> Iterator[tuple[str, str]]:
    """Each question from which a day is counted, with its step."""
    for step in subject.steps.values():
        for rule in (step.due, step.not_before, step.wait):
            for part in rule.parts if rule is not None else ():
                yield from ((anchor.name, anchor.field) for anchor in part.anchors if anchor.field)
