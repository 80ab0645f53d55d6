"""A step's form as JSON Schema, for the form that Prefect draws; and the answers that come back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewflow.case.answers import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.case.refusal import Refused
from reviewflow.language.model import ANSWERED_BY, DONE_ON, FieldType, FormField, FormFields
from reviewflow.language.phrases import PhraseError, parse_day


def form_schema(title: str, fields: FormFields, *, intro: str) -> dict[str, Any]:
    """The questions in order, then the day (unless a question asks it) and who answers."""
    properties = {name: _property(field) for name, field in fields.items()}
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
    for position, each in enumerate(properties.values()):
        each["position"] = position
    first = next(iter(properties.values()))
    first["description"] = f"{intro} {first.get('description', '')}".strip()
    required = [name for name, field in fields.items() if field.required]
    return {"type": "object", "title": title, "properties": properties, "required": [*required, ANSWERED_BY]}


def _property(field: FormField) -> dict[str, Any]:
    shape = {"title": field.label, **_SHAPES[field.type]}
    labels = list(field.options.values())
    if field.type is FieldType.CHOICE:
        shape["enum"] = labels
    if field.type is FieldType.CHOICES:
        shape["items"] = {"type": "string", "enum": labels}
    if field.help:
        shape["description"] = field.help
    return shape


_SHAPES: Mapping[FieldType, Mapping[str, Any]] = {
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.CHOICES: {"type": "array", "uniqueItems": True},
    FieldType.CONFIRM: {"type": "boolean", "default": False},
    FieldType.YES_NO: {"type": "boolean"},
    FieldType.NUMBER: {"type": "number"},
    FieldType.REFERENCE: {"type": "string", "maxLength": REFERENCE_LENGTH},
    FieldType.NOTE: {"type": "string", "maxLength": NOTE_LENGTH},
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back from a form: its answers, who gave them, and the day it was done if that was said."""

    answers: Mapping[str, object]
    by: str
    on: date | None


def read_form(given: Mapping[str, object]) -> Answered:
    """Take apart what Prefect kept of a form; raises Refused when it cannot be read. Answers are hostile text."""
    answers = {name: value for name, value in given.items() if name not in {ANSWERED_BY, DONE_ON}}
    by = str(given.get(ANSWERED_BY) or "").strip()
    if not by:
        raise Refused(["Nobody is named as answering. Say who answers: a post and an agency."])
    on = given.get(DONE_ON)
    try:
        return Answered(answers, by[:REFERENCE_LENGTH], parse_day(str(on)[:10]) if on else None)
    except PhraseError as error:
        raise Refused([f"Done on: {error}"]) from error
