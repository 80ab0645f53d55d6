"""Targets over many cases: each has one clock, of a limit or a step that is there, which can be counted in any case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.model import EACH, Target
from reviewflow.language.phrases import AsMany, DayRule, Due, counts_hours
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown

WHICH_CLOCK = "A target is of a time limit (limit), or says by when (due) a step is to be done (met_by)."


def check(subject: Subject) -> Iterator[Problem]:
    for name, target in (subject.process.targets or {}).items():
        path: Path = ("targets", name)
        yield from _shape(subject, target, path)
        limits = subject.process.limits
        if target.limit is not None and target.limit not in limits:
            message = unknown("a time limit of this process", target.limit, limits, "Its limits")
            yield subject.error((*path, "limit"), "PD022", message)
        if target.met_by is not None and target.met_by not in subject.steps:
            message = unknown("a step of this process", target.met_by, subject.steps, "Its steps")
            yield subject.error((*path, "met_by"), "PD022", message)
        if target.due is not None:
            yield from _rule(subject, target.due, (*path, "due"))
        yield from _comes_again(subject, target, path)


def _shape(subject: Subject, target: Target, path: Path) -> Iterator[Problem]:
    """PD402: neither a limit nor a day, both, or a day of nothing."""
    if (target.limit is None) == (target.due is None):
        yield subject.key_error(path, "PD402", f"{WHICH_CLOCK} Give one of the two.")
    elif target.due is not None and target.met_by is None:
        message = "Nothing says what is to be done by this day. Name the step: met_by: outcome"
        yield subject.key_error((*path, "due"), "PD402", message)
    elif target.limit is not None and target.met_by is not None:
        message = "A time limit says itself which step meets it. Take this line out."
        yield subject.key_error((*path, "met_by"), "PD402", message)


def _rule(subject: Subject, rule: DayRule, path: Path) -> Iterator[Problem]:
    """PD403: a target counts days, from what every case knows without looking into its answers."""
    if rule.by is not None:
        message = f'"{rule}" says a time of day; a target is counted in days. Take it out, or name a limit.'
        yield subject.error(path, "PD403", message)
    for part in (rule,) if isinstance(rule, Due) else rule.parts:
        if counts_hours(part):
            message = f'"{part}" counts hours; a target is counted in days. Write: 1 working day, or name a limit.'
            yield subject.error(path, "PD403", message)
        elif part.anchor.field is not None or part.anchor.name == EACH or isinstance(part.span, AsMany):
            message = (
                f'"{part}" counts from an answer, which is not looked at over many cases. Count from a date or a step, '
                "or name a limit that counts so."
            )
            yield subject.error(path, "PD403", message)
        else:
            yield from rule_problems(subject, replace(part, by=None), path, "")


def _comes_again(subject: Subject, target: Target, path: Path) -> Iterator[Problem]:
    """PD403: what comes again is never done for good."""
    step = subject.steps.get(target.met_by or "")
    if step is not None and step.repeats is not None:
        message = f'"{target.met_by}" comes again, so it is not clear when it is done. Name another step.'
        yield subject.error((*path, "met_by"), "PD403", message)
