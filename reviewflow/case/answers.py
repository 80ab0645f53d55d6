"""Reading a form: every answer typed and checked, all mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from reviewflow.case.privacy import refusal
from reviewflow.case.state import Answer
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.language.problem import listing, suggestion

NOTE_LENGTH = 500
REFERENCE_LENGTH = 120
LABEL_LENGTH = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Wrong(ValueError):
    pass


def read_answers(fields: FormFields, given: Mapping[str, object]) -> tuple[dict[str, Answer], list[str]]:
    """The answers as they are kept, and all that is wrong with what was given."""
    answers: dict[str, Answer] = {}
    wrong = [
        f'"{name}" is not asked here.{suggestion(name, fields)} The form asks: {listing(fields, none="nothing")}.'
        for name in given
        if name not in fields
    ]
    for name, field in fields.items():
        value = given.get(name)
        if _blank(value):
            if field.required:
                wrong.append(f"{name}: an answer is needed. {field.label}")
            continue
        try:
            answers[name] = _READERS[field.type](field, value)
        except _Wrong as error:
            wrong.append(f"{name}: {error}")
    return answers, wrong


def _blank(value: object) -> bool:
    return not plain_text(value) if isinstance(value, str) else value is None or value in ([], ())


def plain_text(text: str) -> str:
    """The text on one line, without characters that cannot be seen."""
    return _CONTROL.sub(" ", text).strip()


def _short(value: object) -> str:
    return plain_text(str(value))[:LABEL_LENGTH]


def _date(_: FormField, value: object) -> Answer:
    day = _short(value).replace("T", " ").partition(" ")[0]
    try:
        return parse_day(day).isoformat()
    except PhraseError as error:
        raise _Wrong(str(error)) from error


def _choice(field: FormField, value: object) -> Answer:
    text = _short(value)
    if text in field.options:
        return text
    by_label = {label.lower(): name for name, label in field.options.items()}
    if text.lower() in by_label:
        return by_label[text.lower()]
    raise _Wrong(f'"{text}" is not one of the answers.{suggestion(text, field.options)} Choose: {_options(field)}.')


def _options(field: FormField) -> str:
    return ", ".join(f"{name} ({label})" for name, label in field.options.items())


def _choices(field: FormField, value: object) -> Answer:
    values = value if isinstance(value, (list, tuple)) else str(value).split(",")
    return list(dict.fromkeys(str(_choice(field, each)) for each in values))


_YES = {"yes", "true", "y", "on", "1"}
_NO = {"no", "false", "n", "off", "0"}


def _yes_no(_: FormField, value: object) -> Answer:
    word = _short(value).lower()
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    raise _Wrong(f'"{word}" is neither yes nor no.')


def _confirm(field: FormField, value: object) -> Answer:
    if _yes_no(field, value) == "yes":
        return "yes"
    raise _Wrong(f"this must be confirmed before the step counts as done. {field.label}")


def _number(_: FormField, value: object) -> Answer:
    text = _short(value)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", text):
        raise _Wrong(f'"{text[:20]}" is not a number. Write it in figures.')
    return float(text) if "." in text else int(text)


def _text(value: object, longest: int) -> str:
    text = plain_text(str(value))
    if len(text) > longest:
        raise _Wrong(f"{len(text)} characters; at most {longest} fit. Point to the paper instead.")
    if wrong := refusal(text):
        raise _Wrong(wrong)
    return text


def _note(_: FormField, value: object) -> Answer:
    return _text(value, NOTE_LENGTH)


def _reference(_: FormField, value: object) -> Answer:
    return _text(value, REFERENCE_LENGTH)


_READERS: dict[FieldType, Callable[[FormField, object], Answer]] = {
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.CONFIRM: _confirm,
    FieldType.YES_NO: _yes_no,
    FieldType.NUMBER: _number,
    FieldType.REFERENCE: _reference,
    FieldType.NOTE: _note,
}


def completing_day(fields: FormFields, answers: Mapping[str, Answer]) -> date | None:
    """The day a form says the step was done, if it has such a question."""
    for name, field in fields.items():
        if field.completes and name in answers:
            return date.fromisoformat(str(answers[name]))
    return None
