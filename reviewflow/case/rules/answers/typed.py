"""One answer read as its question asks: a day, a choice, a number, a text. What is wrong with it is said in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reviewflow.case.model.state import Answer
from reviewflow.case.plan.labels import read_labels
from reviewflow.errors import ReviewflowError
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.phrases import PhraseError, parse_clock, parse_day
from reviewflow.language.suggestions import suggestion
from reviewflow.text import clock_words

NOTE_LENGTH = 500


REFERENCE_LENGTH = 120


LABEL_LENGTH = 300


ALL = "all"
"""For members of a group: every one of them."""


_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Wrong(ReviewflowError, ValueError):
    """One answer that its question cannot take: the message says what was expected."""


def plain_text(text: str) -> str:
    """The text on one line, without control characters and without marks that turn its direction."""
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


def short(value: object) -> str:
    return plain_text(str(value))[:LABEL_LENGTH]


def _date(_: FormField, value: object) -> Answer:
    day = short(value).replace("T", " ").partition(" ")[0]
    try:
        return parse_day(day).isoformat()
    except PhraseError as error:
        raise Wrong(str(error)) from error


def _choice(field: FormField, value: object) -> Answer:
    text = short(value)
    if text in field.options:
        return text
    by_label = {label.lower(): name for name, label in field.options.items()}
    if text.lower() in by_label:
        return by_label[text.lower()]
    raise Wrong(f'"{text}" is not one of the answers.{suggestion(text, field.options)} Choose: {_options(field)}.')


def choose_from(field: FormField) -> str:
    return f" Choose: {_options(field)}." if field.options else ""


def _options(field: FormField) -> str:
    return ", ".join(f"{name} ({label})" for name, label in field.options.items())


def several(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else str(value).split(",")


def wrong_count(field: FormField, given: Sequence[object]) -> str:
    """Why so many answers are too few or too many; '' where they are not. What stands for none is not counted."""
    low, high, number = field.at_least, field.at_most, len(given)
    if isinstance(low, int) and number < low and not set(map(str, given)) & {*(field.alone or ())}:
        return f"{number} given; at least {low} {'is' if low == 1 else 'are'} needed. {field.label}{choose_from(field)}"
    if isinstance(high, int) and number > high:
        return f"{number} given; at most {high} {'is' if high == 1 else 'are'} taken. {field.label}"
    return ""


def _choices(field: FormField, value: object) -> Answer:
    if field.members_of is not None and value == ALL:
        return list(field.options)
    chosen = list(dict.fromkeys(str(_choice(field, choice)) for choice in several(value)))
    alone = [field.options[choice] for choice in chosen if choice in (field.alone or ())]
    if alone and len(chosen) > 1:
        raise Wrong(f'"{alone[0]}" goes with no other answer. Choose it alone, or leave it out.')
    return chosen


_YES = {"yes", "true", "y", "on", "1"}


_NO = {"no", "false", "n", "off", "0"}


def _yes_no(_: FormField, value: object) -> Answer:
    word = short(value).lower()
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    raise Wrong(f'"{word}" is neither yes nor no.')


def _confirm(field: FormField, value: object) -> Answer:
    if _yes_no(field, value) == "yes":
        return "yes"
    raise Wrong(f"this must be confirmed before the step counts as done. {field.label}")


def _number(field: FormField, value: object) -> Answer:
    text = short(value)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", text):
        raise Wrong(f'"{text[:20]}" is not a number. Write it in figures.')
    number = float(text) if "." in text else int(text)
    if isinstance(field.at_least, int) and number < field.at_least:
        raise Wrong(f"{text} is too small; at least {field.at_least} is taken.")
    if isinstance(field.at_most, int) and number > field.at_most:
        raise Wrong(f"{text} is too large; at most {field.at_most} is taken.")
    return number


def _text(value: object, longest: int) -> str:
    text = plain_text(str(value))
    if len(text) > longest:
        raise Wrong(f"{len(text)} characters; at most {longest} fit. Point to the paper instead.")
    return text


def _note(_: FormField, value: object) -> Answer:
    return _text(value, NOTE_LENGTH)


def _reference(_: FormField, value: object) -> Answer:
    return _text(value, REFERENCE_LENGTH)


def _list(field: FormField, value: object) -> Answer:
    labels, wrong = read_labels(filter(None, (plain_text(str(label)) for label in several(value))))
    if wrong or not labels:
        raise Wrong(wrong or f"an answer is needed. {field.label}")
    return labels


def _time(_: FormField, value: object) -> Answer:
    try:
        return clock_words(parse_clock(short(value)))
    except PhraseError as error:
        raise Wrong(str(error)) from error


READERS: dict[FieldType, Callable[[FormField, object], Answer]] = {
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.CONFIRM: _confirm,
    FieldType.YES_NO: _yes_no,
    FieldType.NUMBER: _number,
    FieldType.REFERENCE: _reference,
    FieldType.NOTE: _note,
    FieldType.TIME: _time,
    FieldType.LIST: _list,
}
