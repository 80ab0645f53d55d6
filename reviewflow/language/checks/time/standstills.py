"""Clocks that stand still: local ones that count days, weeks or months; what stops them and lets them go on is done."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Span
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import StandsStill
from reviewflow.language.phrases import Due
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown

STOPS_NEVER = (
    "is a national limit, and no national limit stands still: the guidance makes no provision for a pause. "
    "Let a local limit or a step stand still, or record with `breach` why it was not met."
)


def check(subject: Subject) -> Iterator[Problem]:
    for name, still in (subject.process.stands_still or {}).items():
        path: Path = ("stands_still", name)
        for clock, place in subject.named(still.clocks, (*path, "clocks")):
            yield from _clock(subject, clock, place)
        for key, step in (("from", still.since), ("until", still.until)):
            if step not in subject.steps:
                message = unknown("a step of this process", step, subject.steps, "Its steps")
                yield subject.error((*path, key), "PD022", message)
            elif subject.steps[step].repeats is not None or (key, still.since) == ("until", step):
                message = f'"{step}" cannot say {"that a clock stops" if key == "from" else "that it goes on"}: '
                why = "it comes again and again." if subject.steps[step].repeats else "it stops the clock itself."
                yield subject.error((*path, key), "PD303", f"{message}{why} Name another step.")
        yield from _never(subject, still, path)


def _clock(subject: Subject, clock: str, place: Path) -> Iterator[Problem]:
    limit, step = subject.process.limits.get(clock), subject.steps.get(clock)
    if limit is None and step is None:
        known = [*subject.process.limits, *subject.steps]
        yield subject.error(place, "PD022", unknown("a limit or a step of this process", clock, known, "It has"))
    elif limit is not None and limit.national is not None:
        yield subject.error(place, "PD304", f'"{clock}" {STOPS_NEVER}')
    else:
        rule = limit.due if limit is not None else step.due if step is not None else None
        repeats = step is not None and (step.repeats is not None or step.asks is not None)
        if rule is None or repeats or not all(_counts_days(part) for part in rule.parts):
            message = (
                f'"{clock}" has no clock that can stand still: write its day in days, weeks or months after something.'
            )
            yield subject.error(place, "PD303", message)


def _counts_days(rule: Due) -> bool:
    return isinstance(rule.span, Span) and not rule.span.unit.by_the_clock and not rule.before


def _never(subject: Subject, still: StandsStill, path: Path) -> Iterator[Problem]:
    """What lets a clock go on does not wait for what the clock is about."""
    for clock in still.clocks:
        limit = subject.process.limits.get(clock)
        abouts = limit.steps if limit is not None else (clock,)
        about = next((name for name in abouts if name in {still.until, *subject.before.get(still.until, ())}), "")
        if about:
            message = (
                f'"{still.until}" comes only after "{about}", so the clock would never go on. Name an earlier step.'
            )
            yield subject.error((*path, "until"), "PD303", message)
            return
