"""Numbers that are worked out of answers: sums (PD487), and how far two answers lie apart (PD457)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.phrases import OF_DAYS, Anchor, HowFar, SumOf
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


def apart_mistakes(subject: Subject, far: HowFar, asking: str | None) -> Iterator[str]:
    """A sentence for each thing that is wrong with two that the step `asking`, or the whole process, compares."""
    wanted = FieldType.DATE if far.how in OF_DAYS else FieldType.NUMBER
    for end in far.ends:
        yield from _known(subject, end, wanted) if end.field else _date(subject, end)
        if end.name in subject.steps and _several(subject, end.name, asking):
            yield f'Several answer "{end.name}", so "{end}" is no one {wanted}. Name a question that one answers.'
    if far.one == far.other:
        yield f'"{far.one}" lies nowhere but where it is. Name two questions.'


def _date(subject: Subject, end: Anchor) -> Iterator[str]:
    if end.name not in subject.dates:
        said = unknown("a date of this process", end.name, subject.dates, "Its dates")
        yield f"{said} Or write a step, a dot, and a field."


def _known(subject: Subject, end: Anchor, wanted: FieldType) -> Iterator[str]:
    if end.name in subject.steps and subject.form_is_known(end.name):
        form = subject.form(end.name)
        asked = form.get(str(end.field))
        if asked is None:
            fitting = [name for name, field in form.items() if field.type is wanted]
            yield unknown(f"asked by {end.name}", str(end.field), fitting, f"Each {wanted} there")
        elif asked.type is not wanted:
            yield f'"{end}" is a {asked.type}; here two answers of the type {wanted} are compared.'


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
