"""What silence answers: questions of its own form, with which the step can be done (PD380)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Is, Test, holds_for
from reviewflow.language.model import Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.silence import AGREED, silence_answers, silence_meaning


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if silence_answers(step):
            yield from _answers(subject, name, step)


def _answers(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "silence", "answers")
    answers = silence_answers(step)
    for field, value in answers.items():
        yield from own_answers(subject, name, Is("", field, (value,)), path, "PD380", "Silence answers")
    for target, reopen in step.reopens.items():
        if _says(answers, reopen.when):
            message = f'These answers send the work back to "{target}", so silence would do it again and again.'
            yield subject.key_error(path, "PD380", f"{message} Take out the answer that does.")
    if step.dissent is not None and silence_meaning(step) == AGREED and _says(answers, step.dissent):
        message = "Silence cannot count as agreed and give an answer that counts as dissent. Say one of the two."
        yield subject.key_error(path, "PD380", message)
    if step.choose is not None:
        message = "A decision table recommends from all its answers, so silence cannot give some. Take answers out."
        yield subject.key_error(path, "PD380", message)


def _says(answers: Mapping[str, str], test: Test) -> bool:
    return holds_for(test, {field: frozenset({value}) for field, value in answers.items()})
