"""PD487: what is added up is a column of numbers in a table, or a number that several owners answer."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.phrases import SumOf
from reviewflow.language.structure import graph
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing


def sum_mistakes(subject: Subject, added: SumOf, asking: str | None) -> Iterator[str]:
    """A sentence for each thing that is wrong with a sum that the step `asking`, or the whole process, names."""
    form = subject.form(added.step)
    field = form.get(added.field)
    if field is None:
        yield unknown(f"asked by {added.step}", added.field, _summed(form), "It asks for numbers and tables")
    elif field.type is FieldType.ROWS:
        yield from _column(added, field.columns)
    elif added.column:
        yield f'"{added.field}" is a {field.type} and has no column "{added.column}". Columns are those of rows.'
    elif field.type is not FieldType.NUMBER:
        yield f'"{added.field}" is a {field.type}; numbers are added up, and the numbers in a column of rows.'
    elif not _several(subject, added.step, asking):
        yield f'One answer to "{added.step}" counts here, and is the sum. Write: {added.step}.{added.field}.'


def _column(added: SumOf, columns: FormFields) -> Iterator[str]:
    numbers = [name for name, column in columns.items() if column.type is FieldType.NUMBER]
    if not numbers:
        yield f'"{added.field}" has no column of numbers, so there is nothing to add up.'
    elif not added.column:
        ways = listing((f"{added}.{name}" for name in numbers), last="or")
        yield f'"{added.field}" is a table. Say which column is added up: {ways}.'
    elif added.column not in numbers:
        yield unknown(f"a column of numbers of {added.step}.{added.field}", added.column, numbers, "Its numbers")


def _summed(form: FormFields) -> list[str]:
    return [name for name, field in form.items() if field.type in {FieldType.NUMBER, FieldType.ROWS}]


def _several(subject: Subject, step: str, asking: str | None) -> bool:
    asked = subject.steps[step]
    return asked.for_each is not None and not (asking and graph.pairs(subject.steps[asking], asked))
