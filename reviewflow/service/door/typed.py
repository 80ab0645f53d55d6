"""A form as a browser sends it: text and lists of text, made into answers; and an answer's mistakes by question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewflow.case.rules.answers.form_answers import MOST_ROWS, is_required, read_answers
from reviewflow.case.rules.meetings.attendance import counted_words
from reviewflow.language.model import FieldType, FormField, FormFields, RequiredWhen

Sent = Mapping[str, Sequence[str]]
"""What a browser sent: each name with its values."""
SEVERAL = frozenset({FieldType.CHOICES, FieldType.AGENCIES})
PARTS = ("day", "month", "year")
ROWS_AT_FIRST = 1
_NUMBER = re.compile(r"[0-9]{1,3}")
_LINE = re.compile(r"line ([0-9]+): (.*)", re.DOTALL)
"""What is wrong in a line of a table, as a refusal says it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and the question that it is about: '' when it is about none."""

    name: str
    words: str
    line: int = 0
    """Of a table: which of the lines in which something was typed, from 1; 0 where it is about none."""
    column: str = ""


def answers_in(fields: FormFields, sent: Sent, prefix: str = "") -> dict[str, object]:
    """The answers that were typed; what was left empty is left out."""
    typed = {name: _answer(field, sent, f"{prefix}{name}") for name, field in fields.items()}
    return {name: answer for name, answer in typed.items() if answer not in ("", [], None)}


def _answer(field: FormField, sent: Sent, name: str) -> object:
    match field.type:
        case FieldType.DATE:
            return typed_day(sent, name)
        case FieldType.ROWS:
            return [answers_in(field.columns, sent, f"{name}.{number}.") for number in typed_lines(field, sent, name)]
        case FieldType.LIST:
            return [line.strip() for line in first(sent, name).splitlines() if line.strip()]
        case kind if kind in SEVERAL:
            return [value for value in sent.get(name, ()) if value]
        case _:
            return first(sent, name).strip()


def typed_lines(field: FormField, sent: Sent, name: str) -> list[int]:
    """The lines of a table in which something was typed, as the page numbers them, from 0."""
    return [number for number in range(lines_of(sent, name)) if answers_in(field.columns, sent, f"{name}.{number}.")]


def typed_day(sent: Sent, name: str) -> str:
    """A day of three parts: '2026-11-27'; what cannot be one stays as it was typed, to be refused with it."""
    day, month, year = (first(sent, f"{name}-{part}").strip() for part in PARTS)
    if all(map(_NUMBER.fullmatch, (day, month))) and re.fullmatch(r"[0-9]{4}", year):
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return " ".join(filter(None, (day, month, year)))


def first(sent: Sent, name: str) -> str:
    """The first value of a name; '' when there is none."""
    return next(iter(sent.get(name, ())), "")


def lines_of(sent: Sent, name: str) -> int:
    """How many lines of a table the page had, with the one that is asked for now."""
    written = first(sent, f"{name}.lines")
    lines = int(written) if _NUMBER.fullmatch(written) else ROWS_AT_FIRST
    return min(max(lines, ROWS_AT_FIRST) + (first(sent, "more") == name), MOST_ROWS)


def conditional(fields: FormFields) -> list[str]:
    """The questions that only another answer of the form makes needed."""
    return [name for name, field in fields.items() if isinstance(field.required, RequiredWhen)]


def asked_now(fields: FormFields, typed: Mapping[str, object], agencies: Collection[str]) -> list[str]:
    """The questions that are asked after what was typed: those that only another answer makes needed once it does.

    One with something typed in it stays, so that nothing is lost that somebody wrote.
    """
    answers, _ = read_answers(fields, typed, agencies, vouched=True)
    later = [name for name in conditional(fields) if name not in typed and not is_required(fields[name], answers)]
    return [name for name, field in fields.items() if name not in later and field.type is not FieldType.QUORUM]


def needed_now(fields: FormFields, typed: Mapping[str, object], agencies: Collection[str]) -> frozenset[str]:
    """The questions that must be answered after what was typed."""
    answers, _ = read_answers(fields, typed, agencies, vouched=True)
    return frozenset(name for name, field in fields.items() if is_required(field, answers))


def counted_now(fields: FormFields, typed: Mapping[str, object], agencies: Collection[str]) -> dict[str, str]:
    """What is counted from what was typed, by question: 'No. 1 of the 4 members came, and 2 must.'; or nothing yet."""
    if not any(field.type is FieldType.QUORUM for field in fields.values()):
        return {}
    answers, _ = read_answers(fields, typed, agencies, vouched=True)
    return {
        name: counted_words(field, answers)
        for name, field in fields.items()
        if field.type is FieldType.QUORUM and name in answers
    }


def mistakes_in(
    fields: FormFields, typed: Mapping[str, object], agencies: Collection[str], *, vouched: bool
) -> list[Mistake]:
    """Everything that is wrong with a form, each by the question that it is about, in the order of the questions."""
    _, wrong = read_answers(fields, typed, agencies, vouched=vouched)
    return mistakes_of(fields, wrong)


def mistakes_of(fields: FormFields, wrong: Iterable[str]) -> list[Mistake]:
    """These sentences, each by the question that it is about, in the order of the questions."""
    order = list(fields)
    mistakes = [mistake_of(fields, sentence) for sentence in wrong]
    return sorted(mistakes, key=lambda mistake: order.index(mistake.name) if mistake.name in fields else len(order))


def mistake_of(fields: FormFields, sentence: str) -> Mistake:
    """A refusal's sentence in words for a page: 'sent_on: ...' is about the question "sent_on"."""
    name, colon, words = sentence.partition(": ")
    field = fields.get(name)
    if not colon or field is None:
        return Mistake("", sentence)
    if in_line := _LINE.fullmatch(words):
        of_cell = mistake_of(field.columns, in_line[2])
        return Mistake(name, f"Line {in_line[1]}: {of_cell.words}", int(in_line[1]), of_cell.name)
    if words.startswith("an answer is needed"):
        return Mistake(name, f"{'Confirm' if field.type is FieldType.CONFIRM else 'Answer'} “{field.label}”")
    if words.startswith("this must be confirmed"):
        return Mistake(name, f"Confirm “{field.label}”")
    return Mistake(name, f"{field.label}: {words}")
