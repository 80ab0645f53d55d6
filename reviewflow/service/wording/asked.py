"""The words for what a form asks: each question with what kind of answer it wants, and answers as they are called."""

from __future__ import annotations

from reviewflow.language.form_words import bounds_words, forbidden_words, needed_words
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.text import listing

KINDS = {
    FieldType.DATE: "a date",
    FieldType.CONFIRM: "to be confirmed",
    FieldType.YES_NO: "yes or no",
    FieldType.NUMBER: "a number",
    FieldType.REFERENCE: "where the paper is kept",
    FieldType.NOTE: "a short text",
    FieldType.TIME: "a time of day",
    FieldType.AGENCY: "one of the agencies",
    FieldType.AGENCIES: "any of the agencies",
    FieldType.LIST: "a list of short labels",
    FieldType.QUORUM: "asked of nobody, and counted from who came",
}


def value_words(field: FormField | None, value: str) -> str:
    """An answer as it is called on the form, in quotation marks; a comparison as it is written."""
    return value.replace("_", " ") if comparison_of(value) else f"“{answer_words(field, value)}”"


def answer_words(field: FormField | None, value: str) -> str:
    """What an answer is called on the form; the answer itself where it is no option."""
    return field.options.get(value, value) if field else value


def questions(form: FormFields) -> list[str]:
    """Each question with what kind of answer it wants."""
    return [_question(field, form) for field in form.values()]


def _question(field: FormField, form: FormFields) -> str:
    notes = [_kind(field)]
    if field.completes:
        notes.append("the step counts as done on that day")
    if field.sets:
        notes.append(f"it sets the date “{field.sets}”")
    if field.alone:
        notes.append(f"{listing(field.options.get(name, name) for name in field.alone)} goes with no other")
    notes += forbidden_words(field, form)
    if bounds := bounds_words(field, form):
        notes.append(bounds)
    if needed := needed_words(field, form):
        notes.append(f"needed only {needed}")
    elif field.grows:
        notes.append("lines may be added until no more are to come")
    elif not field.required:
        notes.append("may stay empty")
    return f"{field.label} ({'; '.join(notes)})"


def _kind(field: FormField) -> str:
    if field.type in {FieldType.CHOICE, FieldType.CHOICES}:
        how = "one of" if field.type is FieldType.CHOICE else "any of"
        if field.members_of is not None:
            return f"{how} the members of the {field.members_of.replace('_', ' ')} as they are on the day"
        return f"{how}: {' / '.join(field.options.values())}"
    if field.type is FieldType.ROWS:
        columns = ", ".join(column.label.rstrip("?") for column in field.columns.values())
        return f"a table with a line for each, and in it: {columns}"
    if field.type is FieldType.QUORUM and field.quorum is not None:
        return f"{KINDS[field.type]}: {field.quorum.words(lambda name: field.options.get(name, name))}"
    return KINDS[field.type]
