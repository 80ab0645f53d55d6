"""What one form says of its own questions, in words: conditions over it, and when a question needs an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.language.conditions import Is, Test
from reviewflow.language.model import EACH, FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.phrases import THE_SUM_OF, DayRule, Due, how_far, sum_of
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.language.said_conditions import said
from reviewflow.text import day_words, listing


def needed_words(field: FormField, fields: FormFields) -> str:
    """'when “Is it met?” is answered “yes”'; '' when it is needed always or never."""
    match field.required:
        case RequiredWhen(when=when):
            return f"when {condition_words(when, fields)}"
        case _:
            return ""


def forbidden_words(field: FormField, fields: FormFields) -> Iterator[str]:
    """'“Nothing” cannot be the answer when “Is it met?” is answered “yes”': for each answer that others forbid."""
    for answer, when in field.forbids.items():
        yield f"“{field.options.get(answer, answer)}” cannot be the answer when {condition_words(when, fields)}"


def condition_words(test: Test, fields: FormFields) -> str:
    """A condition over one form, with each question's label and each option's text."""
    return said(test, lambda leaf: _answered(leaf, fields.get(leaf.field)))


def _answered(leaf: Is, asked: FormField | None) -> str:
    label = asked.label if asked else leaf.field
    if all(map(comparison_of, leaf.values)):
        return f"“{label}” is {listing(leaf.values, last='or')}"
    if asked is not None and asked.type is FieldType.QUORUM:
        return f"“{label}” is counted as {listing((f'“{value}”' for value in leaf.values), last='or')}"
    answers = [asked.options.get(value, value) if asked else value for value in leaf.values]
    return f"“{label}” is answered {listing((f'“{answer}”' for answer in answers), last='or')}"


def bounds_words(field: FormField, fields: FormFields) -> str:
    """'at least 0 and at most 10', 'not after 40 working days after received'; '' for a question without bounds.

    A bound that another answer of the form gives is called by that question's label.
    """
    bounds = {
        "at least": _number_words(field.at_least, fields),
        "at most": _number_words(field.at_most, fields),
        "not before": _day_words(field.not_before, fields),
        "not after": _day_words(field.not_after, fields),
    }
    return listing((f"{how} {bound}" for how, bound in bounds.items() if bound), none="", last="and")


def bound_name(bound: str) -> str:
    """'“amount” in ask', '“asked” in its line', 'the sum of “amount” in costs of ask': what says a number."""
    if (added := sum_of(bound)) is not None:
        where = f"{added.field} of {added.step}" if added.column else added.step
        return f"{THE_SUM_OF} “{added.column or added.field}” in {where}".replace("_", " ")
    if (far := how_far(bound)) is not None:
        return far.in_words(lambda end: bound_name(str(end)) if end.field else end.name.replace("_", " "))
    step, _, field = bound.rpartition(".")
    where = " in its line" if step == EACH else f" in {step}" if step else ""
    return f"“{field}”{where}".replace("_", " ")


def _number_words(bound: int | str | None, fields: FormFields) -> str:
    if not isinstance(bound, str):
        return "" if bound is None else str(bound)
    named = f"“{fields[bound].label}”" if bound in fields else bound_name(bound)
    return named if sum_of(bound) or how_far(bound) else f"what {named} says"


def _day_words(rule: DayRule | None, fields: FormFields) -> str:
    if rule is None:
        return ""
    if isinstance(rule, Due) and rule.span is None and rule.anchor.day is not None:
        return day_words(rule.anchor.day)
    own = {part.anchor.name for part in rule.parts if not part.anchor.field} & fields.keys()
    words = str(rule).removeprefix("on ").replace("_", " ")
    for name in own:
        words = re.sub(rf"(?<![\w.]){name.replace('_', ' ')}(?![\w.])", f"what “{fields[name].label}” says", words)
    return words
