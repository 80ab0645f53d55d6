"""The answers that come back from a form that Prefect drew: who gave them, of which day, agencies by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.answers.form_answers import table_of
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
