"""The form of a work item as JSON Schema, as Prefect draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reviewflow.case.plan.labels import LONGEST
from reviewflow.case.rules.answers.form_answers import IN_OWN_WORDS, MOST_ROWS
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.form_words import bounds_words, forbidden_words, needed_words
from reviewflow.language.model import ANSWERED_BY, DONE_ON, NOT_IDENTIFYING, FieldType, FormField, FormFields
from reviewflow.privacy import NAME_NOBODY
from reviewflow.service.views.by_hand.questions import WHY_NOT_IDENTIFYING
from reviewflow.text import listing


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
