"""Answers that lead to the same: all that asks about a question takes them alike, so that one of them tells of all.

Only where conditions alone read the question, which say which answers they take. Where anything else names it, such as
an owner, a list or a decision table, each of its answers may lead elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from reviewflow.case.model.state import Answer
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, leaves
from reviewflow.language.definition import Definition
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.phrases.comparisons import answer_matches
from reviewflow.language.structure.tables import DECISION
from reviewflow.service.rehearsal.answers import options


class Alike:
    """What reads the answers of a definition, by the name of the question."""

    def __init__(self, definition: Definition) -> None:
        self._forms = definition.step_forms
        self._asked: defaultdict[str, list[str]] = defaultdict(list)
        words: list[str] = []
        for part in _parts((definition.process, self._forms, [table.rows for table in definition.tables.values()])):
            if isinstance(part, Is):
                self._asked[part.field] += part.values
            else:
                words.append(part)
        self._words, self._text = frozenset(words), "\n".join(words)

    def to_try(self, step: str, question: str) -> tuple[str | None, ...]:
        """The answers to try, in their order: of those that lead to the same the first. No answer leads elsewhere."""
        field = self._forms[step][question]
        if not self._is_read_by_conditions_alone(step, question, field):
            return options(field)
        found: dict[tuple[bool, ...] | None, str | None] = {}
        for answer in options(field):
            found.setdefault(None if answer is None else self._taken(question, field, answer), answer)
        return tuple(found.values())

    def _taken(self, question: str, field: FormField, answer: str) -> tuple[bool, ...]:
        """Of each answer that some condition takes, whether this is it."""
        given: Answer = [*answer.split(",")] if field.type is FieldType.CHOICES else answer
        return tuple(answer_matches(value, given, {}) for value in self._asked[question])

    def _is_read_by_conditions_alone(self, step: str, question: str, field: FormField) -> bool:
        named = question in self._words or f"{step}.{question}" in self._text
        return not (named or question == DECISION or field.cannot_be or field.members_of or field.alone)


def _parts(value: object) -> Iterator[Is | str]:
    """Every condition and every text in what a file says, however deep; what is neither as it is written."""
    match value:
        case AllOf() | AnyOf() | Not() | Is():
            yield from leaves(value)
        case BaseModel():
            yield from _parts([getattr(value, name) for name in type(value).model_fields])
        case Mapping():
            yield from (key for key in value if "." in key)
            yield from _parts([*value.values()])
        case list() | frozenset() | tuple() if not hasattr(value, "_fields"):
            for each in value:
                yield from _parts(each)
        case _:
            yield str(value)
