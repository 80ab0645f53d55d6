"""What silence answers: questions of its own form, with which the step can be done (PD380). And who asks (PD326)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.forms.asked import may_be_given
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Is, Test, holds_for
from reviewflow.language.model import COUNTED, NO_LADDER, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import replied_to
from reviewflow.language.structure.graph import pairs
from reviewflow.language.structure.silence import AGREED, silence_answers, silence_meaning


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if silence_answers(step):
            yield from _answers(subject, name, step)
        if step.silence is not None and not _is_asked_for(subject, name, step):
            message = (
                f'Silence counts only of what was asked for, and no message asks for "{name}", so it would stay open. '
                f"Give it a ladder, or write before it a step that asks: send: request, about: {name}"
            )
            yield subject.key_warning(("steps", name, "silence"), "PD326", message)


def _is_asked_for(subject: Subject, name: str, step: Step) -> bool:
    """Whether a ladder or a message asks its owner for it, as the engine sees it; others are asked outside."""
    if step.ladder not in (None, NO_LADDER) or step.asks is not None:
        return True
    if step.waits_for is not None:
        return True
    asking = [other for other, sends in subject.steps.items() if sends.send is not None]
    return any(
        (subject.steps[other].about == name and not subject.waits(other, name))
        or replied_to(subject.steps[other]) == name
        or (other in step.after and pairs(step, subject.steps[other]))
        for other in asking
    )


def _answers(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "silence", "answers")
    answers = silence_answers(step)
    for field, value in answers.items():
        yield from own_answers(subject, name, Is("", field, (value,)), path, "PD380", "Silence answers")
    yield from _too_few(subject, name, path, answers)
    for target, reopen in step.reopens.items():
        if _says(answers, reopen.when):
            message = f'These answers send the work back to "{target}", so silence would do it again and again.'
            yield subject.key_error(path, "PD380", f"{message} Take out the answer that does.")
    if step.dissent is not None and silence_meaning(step) == AGREED and _says(answers, step.dissent):
        message = "Silence cannot count as agreed and give an answer that counts as dissent. Say one of the two."
        yield subject.key_error(path, "PD380", message)
    form = subject.form(name)
    given = {field: frozenset({value}) for field, value in answers.items() if field in form}
    if not may_be_given(form, given):
        message = (
            "One of these answers forbids another (cannot_be), so nobody could give both. Take one of the two out."
        )
        yield subject.key_error(path, "PD380", message)
    if step.choose is not None:
        message = "A decision table recommends from all its answers, so silence cannot give some. Take answers out."
        yield subject.key_error(path, "PD380", message)


def _too_few(subject: Subject, name: str, path: Path, answers: Mapping[str, str]) -> Iterator[Problem]:
    """Silence gives one answer to a question, which is too few where the question takes no fewer than two."""
    form = subject.form(name)
    for field, value in answers.items():
        asked = form.get(field)
        low = asked.at_least if asked is not None and asked.type in COUNTED else None
        if asked is not None and isinstance(low, int) and low > 1 and value not in (asked.alone or ()):
            message = f'Silence gives one answer to "{field}", which takes at least {low}. Take it out of answers.'
            yield subject.error((*path, field), "PD380", message)


def _says(answers: Mapping[str, str], test: Test) -> bool:
    return holds_for(test, {field: frozenset({value}) for field, value in answers.items()})
