"""The answers of a form in words, as they stand in a history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.service.wording.people import Person
from reviewflow.text import day_words


def answers_words(given: Mapping[str, object], fields: FormFields, person: Person) -> str:
    """'What is known: Nothing known; Paper: SharePoint 4711', in the order of the answers."""
    return "; ".join(
        f"{_label(name, fields)}: {_answer(fields.get(name), answer, person)}" for name, answer in given.items()
    )


def _label(name: str, fields: FormFields) -> str:
    return fields[name].label.rstrip("?.") if name in fields else name.replace("_", " ")


def _answer(field: FormField | None, answer: object, person: Person) -> str:
    if field is None:
        return str(answer)
    match field.type:
        case FieldType.ROWS if isinstance(answer, list):
            rows = enumerate((row for row in answer if isinstance(row, dict)), start=1)
            told = (f"{number}. {answers_words(row, field.columns, person)}" for number, row in rows if row)
            return " | ".join(told) or "none"
        case FieldType.AGENCY | FieldType.AGENCIES:
            return ", ".join(
                person(f"agency:{agency}") for agency in (answer if isinstance(answer, list) else [answer])
            )
        case FieldType.DATE if isinstance(answer, str):
            return day_words(date.fromisoformat(answer))
        case _:
            values = answer if isinstance(answer, list) else [answer]
            return ", ".join(field.options.get(str(value), str(value)) for value in values)
