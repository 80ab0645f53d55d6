"""Reading the answers of a form: each checked and given its type, all mistakes at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from reviewflow.case.model.state import Answer, Answers, Cell, Row
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.rules.answers.typed import READERS, Wrong, choose_from, plain_text, several, short, wrong_count
from reviewflow.case.rules.meetings.attendance import counted, counted_already, not_the_groups
from reviewflow.language.form_words import condition_words, needed_words
from reviewflow.language.model import COUNTED, FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.suggestions import suggestion
from reviewflow.privacy import why_not_kept
from reviewflow.text import listing

MOST_ROWS = 100


IN_OWN_WORDS = frozenset({FieldType.NOTE, FieldType.REFERENCE, FieldType.LIST})
"""Questions that are answered in words of one's own."""


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
                wrong.append(f"{name}: an answer is needed. {field.label}{choose_from(field)}")
            continue
        if field.type is FieldType.ROWS:
            rows, row_problems = _rows(field, value, agencies, vouched=vouched)
            wrong += [f"{name}: {problem}" for problem in row_problems]
            answers |= {} if row_problems else {name: rows}
            continue
        try:
            answers[name] = _read(field, value, agencies)
            wrong += [f"{name}: {said}" for said in _miscounted(field, answers[name])]
        except Wrong as error:
            wrong.append(f"{name}: {error}")
    if not vouched:
        wrong += identifying(fields, answers)
    answers |= counted(fields, answers)
    given = {name: value for name, value in typed.items() if not _blank(value)}
    wrong += not_the_groups(fields, given, answers)
    return answers, [*wrong, *_needed_after_all(fields, typed, answers), *_forbidden(fields, answers)]


def _asked(fields: FormFields) -> list[str]:
    """The questions that somebody answers: all but what is counted."""
    return [name for name, field in fields.items() if field.type is not FieldType.QUORUM]


def identifying(fields: FormFields, answers: dict[str, Answer]) -> Iterator[str]:
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
            yield f"{name}: an answer is needed {needed_words(field, fields)}. {field.label}{choose_from(field)}"


def forbidden_by(field: FormField, answer: Answer, answers: Answers) -> list[str]:
    """Which of what was answered to a question the answers to the others of its form forbid."""
    given = answer if isinstance(answer, list) else [answer]
    return [
        name
        for name in given
        if isinstance(name, str) and name in field.forbids and evaluate_answers(field.forbids[name], answers)
    ]


def _forbidden(fields: FormFields, answers: Answers) -> Iterator[str]:
    """A sentence for each answer that others of the same form forbid."""
    for name, field in fields.items():
        for option in forbidden_by(field, answers[name], answers) if name in answers else ():
            why = condition_words(field.forbids[option], fields)
            said = field.options.get(option, option)
            yield f"{name}: this cannot be “{said}” when {why}. Correct one of the two. {field.label}"


def _miscounted(field: FormField, answer: Answer) -> Iterator[str]:
    """Why so many answers are too few or too many."""
    if field.type in COUNTED and isinstance(answer, list) and (said := wrong_count(field, answer)):
        yield said


def _read(field: FormField, value: object, agencies: Collection[str]) -> Answer:
    match field.type:
        case FieldType.AGENCY:
            return _agency(value, agencies)
        case FieldType.AGENCIES:
            return list(dict.fromkeys(_agency(name, agencies) for name in several(value)))
        case _:
            return READERS[field.type](field, value)


def _rows(field: FormField, value: object, agencies: Collection[str], *, vouched: bool) -> tuple[list[Row], list[str]]:
    """A table line by line, with a sentence for each mistake; empty lines are left out."""
    try:
        lines = [line for line in _lines(value) if any(not _blank(cell) for cell in line.values())]
    except Wrong as error:
        return [], [str(error)]
    read = [read_answers(field.columns, line, agencies, vouched=vouched) for line in lines]
    rows: list[Row] = [{name: as_cell(answer) for name, answer in answers.items()} for answers, _ in read]
    wrong = [f"line {number}: {problem}" for number, (_, problems) in enumerate(read, start=1) for problem in problems]
    if not wrong and not rows:
        wrong = [f"an answer is needed. {field.label}"] if field.always_required else []
    return rows, wrong or ([] if field.grows or not rows else [*_miscounted(field, [*rows])])


def as_cell(answer: Answer) -> Cell:
    """The answer as a cell of a table, which holds no table itself."""
    return [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else answer


def _lines(value: object) -> Sequence[Mapping[str, object]]:
    """The lines of a table, which may be given as JSON text; raises Wrong when it is none."""
    table = table_of(value)
    lines = table if isinstance(table, (list, tuple)) else [table]
    rows = [{str(name): cell for name, cell in line.items()} for line in lines if isinstance(line, Mapping)]
    if len(rows) < len(lines):
        raise Wrong('this is a table. Write it as [{"column": "answer"}], with a part in braces for each line.')
    if len(rows) > MOST_ROWS:
        raise Wrong(f"{len(rows)} lines; at most {MOST_ROWS} fit.")
    return rows


def table_of(value: object) -> object:
    """What JSON text says, None when it is not JSON; anything that is no text stays as it is."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _agency(value: object, agencies: Collection[str]) -> str:
    text = short(value)
    if text in agencies:
        return text
    taking_part = listing(agencies, none="none")
    raise Wrong(f'"{text}" does not take part in this case.{suggestion(text, agencies)} Taking part: {taking_part}.')


def _blank(value: object) -> bool:
    return not plain_text(value) if isinstance(value, str) else value is None or value in ([], ())


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
