"""Tables that grow: only a table can, in a step that stays open until somebody says that no more lines are to come."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import MORE_TO_COME, Step
from reviewflow.language.problem import Problem
from reviewflow.language.structure.lists import growing, source_of


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        form = subject.form(name)
        yield from _in_a_register(subject, name, step)
        if growing(form):
            yield from _cannot_stay_open(subject, name, step)
            if MORE_TO_COME in form:
                message = (
                    f'"{MORE_TO_COME}" is asked already where a table grows: whether more lines are to come. '
                    "Take it out, or give it another name."
                )
                yield subject.error(("steps", name, "form"), "PD493", message)


def _in_a_register(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """A register reads a table once it is closed, and its actions by the lines that it had then."""
    source, field = source_of(step) or ("", "")
    if step.records is not None and source in subject.steps and field in growing(subject.form(source)):
        message = (
            f'A register reads a table when it is whole, and "{step.for_each}" grows. Take out grows, or '
            "records; or let a step after it ask for the actions, when all lines are there, for the register."
        )
        yield subject.error(("steps", name, "records"), "PD492", message)


def _cannot_stay_open(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """What ends a step, or begins it anew, without anybody having closed its table."""
    reasons = {
        "repeats": (step.repeats, "comes again and again, and each round would begin with an empty table"),
        "after_round": (step.after_round, "follows a step that comes again, and would begin anew with it"),
        "silence": (step.silence, "is settled by silence, and nobody would have closed its table"),
        "asks": (step.asks, "goes on to the next in order, and nobody would have closed its table"),
        "choose": (step.choose, "chooses by a table of its own, which asks all its questions at once"),
    }
    for key, (written, why) in reasons.items():
        if written:
            message = f'A table of "{name}" grows, but the step {why}. Take out grows, or {key}.'
            yield subject.error(("steps", name, key), "PD492", message)
