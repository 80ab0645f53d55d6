"""A step's form as JSON Schema, for the form that Prefect draws; and the answers that come back from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.labels import LONGEST
from reviewflow.case.rules.answers.form_answers import IN_OWN_WORDS, MOST_ROWS, table_of
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.form_words import bounds_words, forbidden_words, needed_words
from reviewflow.language.model import (
    ANSWERED_BY,
    ASKED_ALWAYS,
    DONE_ON,
    NOT_IDENTIFYING,
    FieldType,
    FormField,
    FormFields,
)
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.privacy import NAME_NOBODY
from reviewflow.text import listing

WHY_NOT_IDENTIFYING: Mapping[str, Any] = {
    "type": "string",
    "title": "Was a text refused that could identify nobody? Say why",
    "description": "Only then. It stands in the history, before the text as it was typed.",
    "maxLength": NOTE_LENGTH,
}
"""The question by which somebody has a text let in; asked wherever there are words of one's own."""


def form_schema(title: str, fields: FormFields, *, agencies: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON Schema of a form: its questions in order, the day (unless a question asks for it), and who answers.

    `agencies` are the titles of those that take part in the case. What is to be known before stands above a form.
    """
    properties = {
        name: _property(field, agencies, fields) for name, field in fields.items() if field.type is not FieldType.QUORUM
    }
    if not any(field.completes for field in fields.values()):
        day = "The day on which it was really done. Leave empty for today."
        properties[DONE_ON] = {"type": "string", "format": "date", "title": "Done on", "description": day}
    properties[ANSWERED_BY] = {
        "type": "string",
        "title": "Who answers this",
        "description": "Your post and agency, as it shall stand in the history",
        "minLength": 2,
        "maxLength": REFERENCE_LENGTH,
    }
    if any(map(_in_own_words, fields.values())):
        properties[NOT_IDENTIFYING] = dict(WHY_NOT_IDENTIFYING)
    for position, question in enumerate(properties):
        properties[question] = {**properties[question], "position": position}
    required = [name for name, field in fields.items() if field.always_required]
    return {"type": "object", "title": title, "properties": properties, "required": [*required, ANSWERED_BY]}


def _in_own_words(field: FormField) -> bool:
    return field.type in IN_OWN_WORDS or any(map(_in_own_words, field.columns.values()))


def _property(field: FormField, agencies: Sequence[str], form: FormFields) -> dict[str, Any]:
    shape: dict[str, Any] = {"title": field.label, **_SHAPES[field.type]}
    labels = list(field.options.values())
    if field.type is FieldType.CHOICE:
        shape["enum"] = labels
    if field.type is FieldType.CHOICES:
        shape["items"] = {"type": "string", "enum": labels}
    if field.type is FieldType.AGENCY and agencies:
        shape["enum"] = list(agencies)
    if field.type is FieldType.AGENCIES:
        shape["items"] = {"type": "string", "enum": list(agencies)} if agencies else {"type": "string"}
    if field.type is FieldType.ROWS:
        shape["items"] = _line(field.columns, agencies)
    if notes := [*([field.help] if field.help else []), *_notes(field, form)]:
        shape["description"] = " ".join(notes)
    return shape


def _notes(field: FormField, form: FormFields) -> Iterator[str]:
    """What is refused afterwards, said beside the question."""
    if field.alone:
        yield f"“{listing((field.options[name] for name in field.alone), last='or')}” goes with no other answer."
    yield from (f"{words}." for words in forbidden_words(field, form))
    if bounds := bounds_words(field, form):
        yield f"{bounds[:1].upper()}{bounds[1:]}."
    if field.type in IN_OWN_WORDS:
        yield NAME_NOBODY
    if needed := needed_words(field, form):
        yield f"Needed {needed}."


def _line(columns: FormFields, agencies: Sequence[str]) -> dict[str, Any]:
    """One line of a table."""
    cells = {
        name: {**_property(column, agencies, columns), "position": at}
        for at, (name, column) in enumerate(columns.items())
    }
    required = [name for name, column in columns.items() if column.always_required]
    return {"type": "object", "title": "Line", "properties": cells, "required": required}


_SHAPES: Mapping[FieldType, Mapping[str, Any]] = {
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.CHOICES: {"type": "array", "uniqueItems": True},
    FieldType.CONFIRM: {"type": "boolean", "default": False},
    FieldType.YES_NO: {"type": "string", "enum": ["Yes", "No"]},
    FieldType.NUMBER: {"type": "number"},
    FieldType.REFERENCE: {"type": "string", "maxLength": REFERENCE_LENGTH},
    FieldType.NOTE: {"type": "string", "maxLength": NOTE_LENGTH},
    FieldType.TIME: {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:30"]},
    FieldType.AGENCY: {"type": "string"},
    FieldType.AGENCIES: {"type": "array", "uniqueItems": True},
    FieldType.LIST: {"type": "array", "uniqueItems": True, "items": {"type": "string", "maxLength": LONGEST}},
    FieldType.ROWS: {"type": "array", "maxItems": MOST_ROWS},
    FieldType.QUORUM: {"type": "string"},
}


_NAMING_AGENCIES = frozenset({FieldType.AGENCY, FieldType.AGENCIES, FieldType.ROWS})
"""Questions whose answers may name an agency."""


def agencies_by_name(fields: FormFields, answers: Mapping[str, object], titles: Mapping[str, str]) -> dict[str, object]:
    """The answers with each agency's title replaced by its name, also in tables. Anything else stays as it is.

    `titles` are those of all agencies, by name.
    """
    if not any(field.type in _NAMING_AGENCIES for field in fields.values()):
        return dict(answers)
    names = {title.casefold(): name for name, title in titles.items()}

    def named(field: FormField | None, answer: object) -> object:
        if field is not None and field.type is FieldType.AGENCY and isinstance(answer, str):
            return names.get(answer.strip().casefold(), answer)
        if field is not None and field.type is FieldType.AGENCIES and isinstance(answer, (str, list, tuple)):
            several = answer.split(",") if isinstance(answer, str) else answer
            return [names.get(str(title).strip().casefold(), title) for title in several]
        if field is not None and field.type is FieldType.ROWS and isinstance(answer, str):
            return named(field, table) if isinstance(table := table_of(answer), list) else answer
        if field is not None and field.type is FieldType.ROWS and isinstance(answer, (list, tuple)):
            return [line(field.columns, row) if isinstance(row, Mapping) else row for row in answer]
        return answer

    def line(columns: FormFields, cells: Mapping[str, object]) -> dict[str, object]:
        return {name: named(columns.get(name), cell) for name, cell in cells.items()}

    return line(fields, answers)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What was answered on a form, by whom, and the day on which it was done, where that was given."""

    answers: Mapping[str, object]
    by: str
    on: date | None
    vouched: str
    """Why a text that was refused could identify nobody; '' where nobody said so."""


def read_form(stored: Mapping[str, object]) -> FormAnswer:
    """The answers of a form as Prefect stored them; raises Refused when they name nobody or no day can be read.

    Answers are text that a stranger may have typed: nothing in them is trusted.
    """
    answers = {name: value for name, value in stored.items() if name not in ASKED_ALWAYS}
    by = str(stored.get(ANSWERED_BY) or "").strip()
    if not by:
        raise Refused(["Nobody is named as answering."], "Say who answers: a post and an agency. Nothing was recorded.")
    on, vouched = stored.get(DONE_ON), str(stored.get(NOT_IDENTIFYING) or "").strip()
    try:
        return FormAnswer(answers, by, parse_day(str(on)[:10]) if on else None, vouched)
    except PhraseError as error:
        raise Refused([f"Done on: {error}"], "Nothing was recorded. Correct this and send it again.") from error
