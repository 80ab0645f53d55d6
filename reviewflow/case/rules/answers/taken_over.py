"""Answers that another case gave for this one too: of agencies, only those that take part in this case."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reviewflow.case.rules.answers.typed import several
from reviewflow.language.model import FieldType, FormField, FormFields

_WITH_AGENCIES = frozenset({FieldType.AGENCY, FieldType.ROWS})


def of_those_here(fields: FormFields, said: Mapping[str, object], agencies: Collection[str]) -> dict[str, object]:
    """The answers without agencies that take no part in this case, and without the lines that name one of them."""
    return {
        name: _of_those_here(fields[name], answer, agencies) if name in fields else answer
        for name, answer in said.items()
    }


def _of_those_here(field: FormField, answer: object, agencies: Collection[str]) -> object:
    match field.type:
        case FieldType.AGENCY:
            return answer if answer in agencies else None
        case FieldType.AGENCIES:
            return [name for name in several(answer) if name in agencies] if answer else answer
        case FieldType.ROWS if isinstance(answer, list):
            lines = [line for line in answer if isinstance(line, Mapping)]
            return [of_those_here(field.columns, line, agencies) for line in lines if _is_here(field, line, agencies)]
        case _:
            return answer


def lists_of_others(fields: FormFields, said: Mapping[str, object], here: Mapping[str, object]) -> list[str]:
    """The lists of agencies of which none is left here: with nobody on it, what follows each of them would fall."""
    lists = [name for name, field in fields.items() if field.type is FieldType.AGENCIES]
    return [name for name in lists if said.get(name) and not here.get(name)]


def _is_here(field: FormField, line: Mapping[str, object], agencies: Collection[str]) -> bool:
    asked = (name for name, column in field.columns.items() if column.type is FieldType.AGENCY)
    return all(line.get(name) in {None, "", *agencies} for name in asked)


def as_taken_over(fields: FormFields) -> FormFields:
    """The questions as they are put to what another case answered: none of its agencies need take part here."""
    return {
        name: field.model_copy(update={"required": False}) if field.type in _WITH_AGENCIES else field
        for name, field in fields.items()
    }
