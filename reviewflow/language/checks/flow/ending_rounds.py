"""Answers that end the rounds of steps which come again."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AfterRound
from reviewflow.language.problem import Problem
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        for again in step.ends_rounds or {}:
            yield from _ended(subject, name, again)
        if step.ends_rounds:
            yield from _its_own(subject, name)


def _ended(subject: Subject, name: str, again: str) -> Iterator[Problem]:
    """PD468: what ends is a step that comes again, by an answer of this step's own form."""
    path = ("steps", name, "ends_rounds", again)
    if again not in subject.steps or subject.steps[again].repeats is None:
        rounds = [other for other, step in subject.steps.items() if step.repeats is not None]
        message = unknown("a step that comes again", again, rounds, "Those that do")
        yield subject.key_error(path, "PD468", message)
    elif subject.waits(again, name) and subject.before:
        message = f'"{again}" waits for "{name}", so it would be over before it begins. Give "{again}" a when instead.'
        yield subject.key_error(path, "PD468", message)
    when = (subject.steps[name].ends_rounds or {})[again].when
    yield from own_answers(subject, name, when, (*path, "when"), "PD468", "Rounds are ended")


def _its_own(subject: Subject, name: str) -> Iterator[Problem]:
    """PD469: what comes again itself is asked again, and the next answer says otherwise: its own rounds end with it."""
    ended = subject.steps[name].ends_rounds or {}
    tests = [ends.when for ends in ended.values()]
    lasting = [
        own
        for own in sorted(_roots(subject, name))
        if own not in ended or any(ended[own].when != test for test in tests)
    ]
    if lasting:
        message = (
            f'"{name}" comes again, and its next answer would say otherwise. Let the same answers end '
            f"{listing(lasting)} too: write it beside the others, with the same when."
        )
        yield subject.key_error(("steps", name, "ends_rounds"), "PD469", message)


def _roots(subject: Subject, name: str) -> set[str]:
    """The steps by whose rounds one comes again: itself, or those that it follows after each round."""
    step = subject.steps[name]
    if step.repeats is not None:
        return {name}
    if step.after_round is not AfterRound.EACH:
        return set()
    return set().union(*(_roots(subject, other) for other in step.after if other in subject.steps))
