"""Answers that others of the same form forbid (PD427): they are asked above, and some answer is always left."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from reviewflow.language.checks.forms.asked import MOST_COMBINATIONS, answers_of, mistakes, possible, relative_values
from reviewflow.language.conditions import Is, Many, holds_for, leaves
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.problem import Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown

FORBIDDING = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO})
"""Questions some answer of which may be forbidden."""


def forbidden_problems(source: Source, name: str, fields: FormFields, path: Path) -> Iterator[Problem]:
    """What is wrong with the answers of one question that others forbid."""
    field, place = fields[name], (*path, name, "cannot_be")
    if field.cannot_be and field.type not in FORBIDDING:
        message = f'"cannot_be" belongs to choice, choices or yes_no; this field is a {field.type}. Take it out.'
        yield source.key_problem(place, "PD427", message)
        return
    for answer in field.forbids:
        if field.members_of is None and answer not in answers_of(field):
            message = unknown("an answer here", answer, answers_of(field), "Answers")
            yield source.key_problem((*place, answer), "PD427", message)
    wrong = [problem for answer in field.forbids for problem in _condition(source, name, fields, (*place, answer))]
    yield from wrong
    if not wrong and field.required is not False and _none_is_left(field, fields):
        message = f'There are answers after which none to "{name}" is left, so the form could not be sent. Leave one.'
        yield source.key_problem(place, "PD427", message)


def _condition(source: Source, name: str, fields: FormFields, place: Path) -> Iterator[Problem]:
    order, answer = list(fields), str(place[-1])
    above = {other: fields[other] for other in order[: order.index(name)]}
    mark = source.value_mark((*place, "when"))
    for leaf in leaves(fields[name].forbids[answer]):
        if leaf.step or leaf.many is not Many.ONE:
            message = f"Only another question of the same form can forbid an answer. {_instead(leaf, above)}"
            yield source.problem(mark, "PD427", message)
        elif leaf.field in fields and leaf.field not in above:
            message = f'"{leaf.field}" does not stand above "{name}". Write "cannot_be" at whichever is asked last.'
            yield source.problem(mark, "PD427", message)
        else:
            yield from (
                source.problem(mark, "PD427", said) for _, said in mistakes(leaf, above, "a question above this one")
            )
            yield from (source.problem(mark, "PD363", said) for _, said in relative_values(leaf))


def _instead(leaf: Is, above: Mapping[str, FormField]) -> str:
    """What to write in place of an answer to another step."""
    if leaf.field in above:
        return f"Write its field: {leaf.field}."
    return (
        f'"{leaf.field}" is asked in "{leaf.step}". Ask it here too, above this one; or let two steps ask, each only '
        f"when {leaf.step}.{leaf.field} says so."
    )


def _none_is_left(field: FormField, fields: FormFields) -> bool:
    """Whether some answers to the others forbid every answer to this question."""
    rules = [field.forbids[answer] for answer in answers_of(field) if answer in field.forbids]
    if len(rules) < len(answers_of(field)) or not rules:
        return False
    asked = sorted({leaf.field for when in rules for leaf in leaves(when)})
    choices = [[given for when in rules for given in possible(when, name, fields[name])] for name in asked]
    return any(
        all(holds_for(when, dict(zip(asked, answers, strict=True))) for when in rules)
        for answers in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS)
    )
