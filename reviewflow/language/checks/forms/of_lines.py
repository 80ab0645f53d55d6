"""Conditions that ask the line of a table for which a step is done: `when: {each.relevant: yes}`."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.asked import mistakes
from reviewflow.language.checks.forms.compared import compared_with
from reviewflow.language.checks.lists import listed_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Is, Many
from reviewflow.language.model import EACH, FieldType
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.lists import source_of


def line_answer(subject: Subject, name: str, leaf: Is, path: Path) -> Iterator[Problem]:
    """PD432: the step is done for each line of a table, which has this column; PD050 or PD363: and it can say so."""
    mark, step = subject.answer_mark(path, leaf.key), subject.steps[name]
    listed = listed_of(subject, step)
    if source_of(step) is None or (listed is not None and listed.type is not FieldType.ROWS):
        message = (
            f'"{EACH}.{leaf.field}" is a column of the line for which a step is done, and "{name}" is not done for the '
            "lines of a table. Write: for_each: plan.actions."
        )
        yield subject.error_at(mark, "PD432", message)
    elif leaf.many is not Many.ONE:
        message = f'A line says it once. Write it without "{leaf.how_many}": {EACH}.{leaf.field}.'
        yield subject.error_at(mark, "PD432", message)
    elif listed is not None:
        for value, message in mistakes(leaf, listed.columns, f"a column of {step.for_each}"):
            code = "PD363" if value is not None and comparison_of(value) is not None else "PD050"
            yield subject.error_at(subject.answer_mark(path, leaf.key, value), code, message)
        yield from compared_with(subject, leaf, path)
