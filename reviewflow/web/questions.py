"""A step's form as GOV.UK's components draw it: each question with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from reviewflow.case.rules.answers.form_answers import IN_OWN_WORDS
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.conditions import leaves
from reviewflow.language.form_words import bounds_words, forbidden_words, needed_words
from reviewflow.language.model import FieldType, FormField, FormFields, RequiredWhen
from reviewflow.privacy import NAME_NOBODY
from reviewflow.service.door.typed import PARTS, Sent, answers_in, asked_now, counted_now, first, lines_of, needed_now
from reviewflow.web.drawing import Drawn

LABEL_CLASS = "govuk-label--s"
LEGEND_CLASS = "govuk-fieldset__legend--s"
WIDTHS = {"day": "govuk-input--width-2", "month": "govuk-input--width-2", "year": "govuk-input--width-4"}
YES_NO = (("yes", "Yes"), ("no", "No"))


def drawn(
    fields: FormFields,
    sent: Sent,
    wrong: Mapping[str, str],
    agencies: Mapping[str, str],
    prefix: str = "",
    unseen: Collection[str] = (),
) -> list[Drawn]:
    """Every question that is asked now, in order.

    `wrong` is what is wrong with each, `agencies` the titles of those in the case, `unseen` the questions that the page
    itself answers and does not show: no hint names one. What has become needed says no longer when it would be.
    """
    questions: list[Drawn] = []
    typed = answers_in(fields, sent, prefix)
    asked, counted = asked_now(fields, typed, agencies), counted_now(fields, typed, agencies)
    needed = needed_now(fields, typed, agencies)
    for short, field in ((short, field) for short, field in fields.items() if short in asked or short in counted):
        name = f"{prefix}{short}"
        if short in counted:
            questions.append({"name": name, "label": field.label, "kind": "counted", "text": counted[short]})
            continue
        common: dict[str, Any] = {"id": name, "idPrefix": name, "name": name}
        if hint := " ".join(_hints(field, fields, {*unseen, *fields} if short in needed else unseen)):
            common["hint"] = {"text": hint}
        if short in wrong:
            common["errorMessage"] = {"text": wrong[short]}
        if field.type is FieldType.ROWS:
            component = {
                "kind": "rows",
                "params": common,
                "lines": _lines(name, field, sent, _below(wrong, short), agencies),
            }
        else:
            component = _component(name, field, sent, common, agencies)
        questions.append({"name": name, "label": field.label, **component})
    return questions


def _below(wrong: Mapping[str, str], name: str) -> Mapping[str, str]:
    """What is wrong in the cells of a table or a line, by their names within it: '0.by', 'by'."""
    return {cell.removeprefix(f"{name}."): words for cell, words in wrong.items() if cell.startswith(f"{name}.")}


def _hints(field: FormField, fields: FormFields, unseen: Collection[str]) -> Iterator[str]:
    if field.help:
        yield field.help
    if bounds := bounds_words(field, fields):
        yield f"{bounds[:1].upper()}{bounds[1:]}."
    if field.alone:
        yield f"“{', '.join(field.options[name] for name in field.alone)}” goes with no other answer."
    yield from (f"{words}." for words in forbidden_words(field, fields))
    if field.type is FieldType.LIST:
        yield "One a line."
    if field.type in IN_OWN_WORDS:
        yield NAME_NOBODY
    if needed := needed_words(field, fields):
        if not _asks_about(field, unseen):
            yield f"Needed {needed}."
    elif not field.always_required:
        yield "Only what came since; you may leave this empty." if field.grows else "You may leave this empty."
    if field.type is FieldType.DATE:
        yield "For example, 27 11 2026."


def _asks_about(field: FormField, questions: Collection[str]) -> bool:
    """Whether it is needed by the answer to one of these questions."""
    rule = field.required
    return isinstance(rule, RequiredWhen) and any(leaf.field in questions for leaf in leaves(rule.when))


def _component(
    name: str, field: FormField, sent: Sent, common: dict[str, Any], agencies: Mapping[str, str]
) -> dict[str, Any]:
    legend = {"legend": {"text": field.label, "classes": LEGEND_CLASS}}
    label = {"label": {"text": field.label, "classes": LABEL_CLASS}}
    match field.type:
        case FieldType.CHOICE:
            return _radios(tuple(field.options.items()), name, sent, common | {"fieldset": legend})
        case FieldType.YES_NO:
            return _radios(YES_NO, name, sent, common | {"fieldset": legend})
        case FieldType.AGENCY:
            return _radios(tuple(agencies.items()), name, sent, common | {"fieldset": legend})
        case FieldType.CHOICES:
            return _boxes(tuple(field.options.items()), name, sent, common | {"fieldset": legend})
        case FieldType.AGENCIES:
            return _boxes(tuple(agencies.items()), name, sent, common | {"fieldset": legend})
        case FieldType.CONFIRM:
            return _boxes((("yes", field.label),), name, sent, common)
        case FieldType.DATE:
            group = common | {"id": f"{name}-date", "fieldset": legend}
            return {"kind": "date", "params": group | {"items": date_parts(name, sent, wrong="errorMessage" in common)}}
        case FieldType.NOTE | FieldType.LIST:
            return {"kind": "textarea", "params": common | label | {"value": first(sent, name), "rows": 3}}
        case _:
            return {"kind": "input", "params": common | label | _one_line(field, first(sent, name))}


def _one_line(field: FormField, value: str) -> dict[str, Any]:
    match field.type:
        case FieldType.NUMBER:
            return {"value": value, "inputmode": "numeric", "classes": "govuk-input--width-5", "spellcheck": False}
        case FieldType.TIME:
            return {"value": value, "classes": "govuk-input--width-5", "spellcheck": False}
        case _:
            longest = REFERENCE_LENGTH if field.type is FieldType.REFERENCE else NOTE_LENGTH
            return {"value": value, "spellcheck": False, "attributes": {"maxlength": str(longest)}}


def _radios(options: Sequence[tuple[str, str]], name: str, sent: Sent, params: dict[str, Any]) -> dict[str, Any]:
    items = [{"value": value, "text": text} for value, text in options]
    return {"kind": "radios", "params": params | {"items": items, "value": first(sent, name)}}


def _boxes(options: Sequence[tuple[str, str]], name: str, sent: Sent, params: dict[str, Any]) -> dict[str, Any]:
    items = [{"value": value, "text": text, "checked": value in sent.get(name, ())} for value, text in options]
    return {"kind": "checkboxes", "params": params | {"items": items}}


def date_parts(name: str, sent: Sent, *, wrong: bool) -> list[dict[str, Any]]:
    """Day, month and year; the first has the name of the question for its id, so that an error leads there."""
    red = " govuk-input--error" if wrong else ""
    return [
        {
            "id": f"{name}-{part}" if part != "day" else name,
            "name": f"{name}-{part}",
            "label": part.capitalize(),
            "value": first(sent, f"{name}-{part}"),
            "classes": f"{WIDTHS[part]}{red}",
            "inputmode": "numeric",
        }
        for part in PARTS
    ]


def _lines(
    name: str, field: FormField, sent: Sent, wrong: Mapping[str, str], agencies: Mapping[str, str]
) -> list[list[Drawn]]:
    return [
        drawn(field.columns, sent, _below(wrong, str(number)), agencies, f"{name}.{number}.")
        for number in range(lines_of(sent, name))
    ]
