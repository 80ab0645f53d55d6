"""What a condition may ask about an answer, and which answers there are: options, numbers, days, and how many."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from reviewflow.language.conditions import Is, Test, holds_for, leaves
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.phrases.comparisons import OF_NUMBERS, comparison_of
from reviewflow.language.suggestions import unknown

DECIDING = {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.CONFIRM, FieldType.QUORUM}
MOST_COMBINATIONS = 4096
A_NUMBER, HOW_MANY, A_DAY = "at least 3", "at least 2", "after 2026-04-01, or: after notified"
COMPARED = {
    FieldType.NUMBER: A_NUMBER,
    FieldType.DATE: A_DAY,
    FieldType.LIST: HOW_MANY,
    FieldType.ROWS: HOW_MANY,
    FieldType.CHOICES: HOW_MANY,
    FieldType.AGENCIES: HOW_MANY,
}
"""What a comparison with such an answer looks like."""


def mistakes(leaf: Is, fields: FormFields, where: str) -> Iterator[tuple[str | None, str]]:
    """What is wrong with asking about an answer of this form, each with the value that is meant; None: all of it."""
    asked = fields.get(leaf.field)
    if asked is None:
        deciding = [name for name, field in fields.items() if field.type in DECIDING]
        yield None, unknown(where, leaf.field, deciding, "It asks")
        return
    allowed, example = answers_of(asked), COMPARED.get(asked.type, "")
    if not allowed and not example:
        message = f'"{leaf.field}" is a {asked.type}; a condition can only ask about a choice, yes_no or confirm'
        yield None, f"{message}, and compare numbers, days and how many there are."
        return
    for value in leaf.values:
        compared = comparison_of(value)
        if compared is not None:
            if (compared.how in OF_NUMBERS) != (example in {A_NUMBER, HOW_MANY}) or not example:
                instead = f" Write: {example}" if example else ""
                yield value, f'"{leaf.field}" is a {asked.type} and cannot be "{value}".{instead}'
        elif not allowed and not (example == A_NUMBER and re.fullmatch(r"-?\d+(\.\d+)?", value)):
            yield value, f'"{leaf.field}" is a {asked.type}; it is compared. Write: {example}'
        elif allowed and value not in allowed:
            what = f"an answer to {leaf.step + '.' if leaf.step else ''}{leaf.field}"
            yield value, unknown(what, value, allowed, "Answers")


def relative_values(leaf: Is) -> Iterator[tuple[str, str]]:
    """The values that name a date of the case, which a condition over one form does not know; with what to write."""
    for value in leaf.values:
        compared = comparison_of(value)
        if compared is not None and compared.relative:
            message = f'"{value}" names a date of the case; a condition over a form itself compares with a written day.'
            yield value, f"{message} Write: {compared.how} 2026-04-01."


def answers_of(asked: FormField) -> tuple[str, ...]:
    """Every answer that a condition may ask for; empty for free answers."""
    match asked.type:
        case FieldType.CHOICE | FieldType.CHOICES:
            return tuple(asked.options)
        case FieldType.YES_NO | FieldType.QUORUM:
            return ("yes", "no")
        case FieldType.CONFIRM:
            return ("yes",)
        case _:
            return ()


def may_go_together(asked: FormField, chosen: Collection[str]) -> bool:
    """Whether these options may be chosen at once."""
    many = isinstance(asked.at_most, int) and len(chosen) > asked.at_most
    return not many and (len(chosen) < 2 or not any(option in (asked.alone or ()) for option in chosen))  # noqa: PLR2004


def may_be_given(fields: FormFields, given: Mapping[str, frozenset[str]]) -> bool:
    """Whether these answers to one form go together: none forbids another. Only rules over what is given are judged."""
    return not any(
        holds_for(when, given)
        for name, answers in given.items()
        for answer, when in fields[name].forbids.items()
        if answer in answers and all(leaf.field in given for leaf in leaves(when))
    )


def possible(test: Test, name: str, asked: FormField) -> list[frozenset[str]]:
    """The answers to one question between which a condition may tell."""
    return _possible(asked, _tried(test, name))


def always(test: Test, fields: FormFields) -> bool:
    """Whether it holds whatever is answered."""
    asked = sorted({leaf.field for leaf in leaves(test) if leaf.field in fields})
    if any(compared and compared.relative for leaf in leaves(test) for compared in map(comparison_of, leaf.values)):
        return False
    choices = [possible(test, name, fields[name]) for name in asked]
    combinations = itertools.islice(itertools.product(*choices), MOST_COMBINATIONS)
    given = (dict(zip(asked, answers, strict=True)) for answers in combinations)
    return bool(asked) and all(holds_for(test, answers) for answers in given if may_be_given(fields, answers))


def _tried(test: Test, field: str) -> list[str]:
    """Numbers and days below, at and above those that a question is compared with."""
    tried: list[str] = []
    for leaf in leaves(test):
        for value in leaf.values if leaf.field == field else ():
            compared = comparison_of(value)
            if compared is None:
                tried.append(value)
            elif isinstance(compared.than, float):
                tried += [f"{compared.than + step:g}" for step in (-1, 0, 1)]
            elif compared.than.day is not None:
                tried += [(compared.than.day + timedelta(days=step)).isoformat() for step in (-1, 0, 1)]
    return tried


def _possible(asked: FormField, tried: list[str]) -> list[frozenset[str]]:
    if asked.type in COMPARED and asked.type not in {FieldType.NUMBER, FieldType.DATE}:
        most = max((float(number) for number in tried if number.replace(".", "").isdigit()), default=0)
        named = answers_of(asked)
        numbers = [
            frozenset(map(str, named[:count])) if named else frozenset(map(chr, range(97, 97 + count)))
            for count in range(min(int(most), 20) + 1)
        ]
    else:
        numbers = []
    single = [frozenset({value}) for value in answers_of(asked) or (tried if not numbers else ())] + numbers
    unanswered = [] if asked.always_required and asked.type is not FieldType.CHOICES else [frozenset[str]()]
    return single + unanswered
