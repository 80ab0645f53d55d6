"""Reading the answers of a form: each checked and given its type, all mistakes at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from reviewflow.case.model.state import Answer, Answers, Cell, Row
from reviewflow.case.plan.labels import read_labels
from reviewflow.case.rules.conditions import evaluate_answers
from reviewflow.case.rules.meetings.attendance import counted, counted_already, not_the_groups
from reviewflow.language.form_words import needed_words
from reviewflow.language.model import FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.phrases import PhraseError, parse_clock, parse_day
from reviewflow.language.suggestions import suggestion
from reviewflow.privacy import why_not_kept
from reviewflow.text import clock_words, listing

NOTE_LENGTH = 500
REFERENCE_LENGTH = 120
LABEL_LENGTH = 300
MOST_ROWS = 100
ALL = "all"
"""For members of a group: every one of them."""
IN_OWN_WORDS = frozenset({FieldType.NOTE, FieldType.REFERENCE, FieldType.LIST})
"""Questions that are answered in words of one's own."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Wrong(ValueError):
    pass


def read_answers(
    fields: FormFields, typed: Mapping[str, object], agencies: Collection[str] = (), *, vouched: bool = False
) -> tuple[dict[str, Answer], list[str]]:
    """The answers as they are stored, and a sentence for each mistake; `agencies` are those of the case.

    Words of people are screened, unless somebody has `vouched` that they could identify nobody.
    """
    answers: dict[str, Answer] = {}
    known = listing(_asked(fields), none="nothing")
    wrong = [
        f'"{name}" is not asked here.{suggestion(name, fields)} The form asks: {known}.'
        for name in typed
        if name not in fields
    ]
    wrong += counted_already(fields, typed)
    for name, field in fields.items():
        value = typed.get(name)
        if field.type is FieldType.QUORUM:
            continue
        if _blank(value):
            if field.always_required:
                wrong.append(f"{name}: an answer is needed. {field.label}{_choose_from(field)}")
            continue
        if field.type is FieldType.ROWS:
            rows, row_problems = _rows(field, value, agencies, vouched=vouched)
            wrong += [f"{name}: {problem}" for problem in row_problems]
            answers |= {} if row_problems else {name: rows}
            continue
        try:
            answers[name] = _read(field, value, agencies)
        except _Wrong as error:
            wrong.append(f"{name}: {error}")
    if not vouched:
        wrong += _identifying(fields, answers)
    answers |= counted(fields, answers)
    given = {name: value for name, value in typed.items() if not _blank(value)}
    wrong += not_the_groups(fields, given, answers)
    return answers, [*wrong, *_needed_after_all(fields, typed, answers)]


def _asked(fields: FormFields) -> list[str]:
    """The questions that somebody answers: all but what is counted."""
    return [name for name, field in fields.items() if field.type is not FieldType.QUORUM]


def _identifying(fields: FormFields, answers: dict[str, Answer]) -> Iterator[str]:
    """What is wrong with words that could identify a child, which are taken out; a line tells its own."""
    own = {name: field for name, field in fields.items() if field.type is not FieldType.ROWS}
    for name, text in list(free_texts(own, answers)):
        if wrong := why_not_kept(text):
            answers.pop(name, None)
            yield f"{name}: {wrong}"


def free_texts(fields: FormFields, answers: Answers) -> Iterator[tuple[str, str]]:
    """Each answer in words of one's own, after the question that asked for it; in tables too."""
    for name, field in fields.items():
        answer = answers.get(name)
        if field.type in IN_OWN_WORDS:
            yield from ((name, str(text)) for text in (answer if isinstance(answer, list) else [answer]) if text)
        for number, row in enumerate(answer if isinstance(answer, list) else (), start=1):
            if isinstance(row, dict):
                yield from ((f"{name}: line {number}: {what}", text) for what, text in free_texts(field.columns, row))


def is_required(field: FormField, answers: Answers) -> bool:
    """Whether a question needs an answer, given those to the other questions of its form."""
    match field.required:
        case bool(required):
            return required and field.type is not FieldType.QUORUM
        case RequiredWhen(when=when):
            return evaluate_answers(when, answers)


def _needed_after_all(fields: FormFields, typed: Mapping[str, object], answers: Answers) -> Iterator[str]:
    """What was left empty although another answer of the same form makes it needed."""
    for name, field in fields.items():
        if not field.always_required and _blank(typed.get(name)) and is_required(field, answers):
            yield f"{name}: an answer is needed {needed_words(field, fields)}. {field.label}{_choose_from(field)}"


def _read(field: FormField, value: object, agencies: Collection[str]) -> Answer:
    match field.type:
        case FieldType.AGENCY:
            return _agency(value, agencies)
        case FieldType.AGENCIES:
            return list(dict.fromkeys(_agency(name, agencies) for name in _several(value)))
        case _:
            return _READERS[field.type](field, value)


def _rows(field: FormField, value: object, agencies: Collection[str], *, vouched: bool) -> tuple[list[Row], list[str]]:
    """A table line by line, with a sentence for each mistake; empty lines are left out."""
    try:
        lines = [line for line in _lines(value) if any(not _blank(cell) for cell in line.values())]
    except _Wrong as error:
        return [], [str(error)]
    read = [read_answers(field.columns, line, agencies, vouched=vouched) for line in lines]
    rows: list[Row] = [{name: as_cell(answer) for name, answer in answers.items()} for answers, _ in read]
    wrong = [f"line {number}: {problem}" for number, (_, problems) in enumerate(read, start=1) for problem in problems]
    return rows, wrong or ([f"an answer is needed. {field.label}"] if field.always_required and not rows else [])


def as_cell(answer: Answer) -> Cell:
    """The answer as a cell of a table, which holds no table itself."""
    return [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else answer


def _lines(value: object) -> Sequence[Mapping[str, object]]:
    """The lines of a table, which may be given as JSON text; raises _Wrong when it is none."""
    table = table_of(value)
    lines = table if isinstance(table, (list, tuple)) else [table]
    rows = [{str(name): cell for name, cell in line.items()} for line in lines if isinstance(line, Mapping)]
    if len(rows) < len(lines):
        raise _Wrong('this is a table. Write it as [{"column": "answer"}], with a part in braces for each line.')
    if len(rows) > MOST_ROWS:
        raise _Wrong(f"{len(rows)} lines; at most {MOST_ROWS} fit.")
    return rows


def table_of(value: object) -> object:
    """What JSON text says, None when it is not JSON; anything that is no text stays as it is."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _agency(value: object, agencies: Collection[str]) -> str:
    text = _short(value)
    if text in agencies:
        return text
    taking_part = listing(agencies, none="none")
    raise _Wrong(f'"{text}" does not take part in this case.{suggestion(text, agencies)} Taking part: {taking_part}.')


def _blank(value: object) -> bool:
    return not plain_text(value) if isinstance(value, str) else value is None or value in ([], ())


def plain_text(text: str) -> str:
    """The text on one line, without control characters and without marks that turn its direction."""
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


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


def _choose_from(field: FormField) -> str:
    return f" Choose: {_options(field)}." if field.options else ""


def _options(field: FormField) -> str:
    return ", ".join(f"{name} ({label})" for name, label in field.options.items())


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else str(value).split(",")


def _choices(field: FormField, value: object) -> Answer:
    if field.members_of is not None and value == ALL:
        return list(field.options)
    chosen = list(dict.fromkeys(str(_choice(field, choice)) for choice in _several(value)))
    alone = [field.options[choice] for choice in chosen if choice in (field.alone or ())]
    if alone and len(chosen) > 1:
        raise _Wrong(f'"{alone[0]}" goes with no other answer. Choose it alone, or leave it out.')
    return chosen


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


def _number(field: FormField, value: object) -> Answer:
    text = _short(value)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", text):
        raise _Wrong(f'"{text[:20]}" is not a number. Write it in figures.')
    number = float(text) if "." in text else int(text)
    if field.at_least is not None and number < field.at_least:
        raise _Wrong(f"{text} is too small; at least {field.at_least} is taken.")
    if field.at_most is not None and number > field.at_most:
        raise _Wrong(f"{text} is too large; at most {field.at_most} is taken.")
    return number


def _text(value: object, longest: int) -> str:
    text = plain_text(str(value))
    if len(text) > longest:
        raise _Wrong(f"{len(text)} characters; at most {longest} fit. Point to the paper instead.")
    return text


def _note(_: FormField, value: object) -> Answer:
    return _text(value, NOTE_LENGTH)


def _reference(_: FormField, value: object) -> Answer:
    return _text(value, REFERENCE_LENGTH)


def _list(field: FormField, value: object) -> Answer:
    labels, wrong = read_labels(filter(None, (plain_text(str(label)) for label in _several(value))))
    if wrong or not labels:
        raise _Wrong(wrong or f"an answer is needed. {field.label}")
    return labels


def _time(_: FormField, value: object) -> Answer:
    try:
        return clock_words(parse_clock(_short(value)))
    except PhraseError as error:
        raise _Wrong(str(error)) from error


_READERS: dict[FieldType, Callable[[FormField, object], Answer]] = {
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


def completing_day(fields: FormFields, answers: Mapping[str, Answer]) -> date | None:
    """The day on which a step was done, as its form says; None when the form does not ask for it."""
    for name, field in fields.items():
        if field.completes and name in answers:
            return date.fromisoformat(str(answers[name]))
    return None


def days_of(fields: FormFields, answers: Mapping[str, Answer]) -> Iterator[tuple[str, FormField, date]]:
    """Every day among the answers, each after the question that asked for it; in tables too."""
    for name, field in fields.items():
        answer = answers.get(name)
        if field.type is FieldType.DATE and isinstance(answer, str):
            yield name, field, date.fromisoformat(answer)
        for number, row in enumerate(answer if isinstance(answer, list) else (), start=1):
            if isinstance(row, dict):
                for column, asked, day in days_of(field.columns, row):
                    yield f"{name}: line {number}: {column}", asked, day
