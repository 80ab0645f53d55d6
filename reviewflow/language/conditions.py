"""Conditions as data: `{agreed_outcome.outcome: cspr}`, lists for any of, `any:`, `all:`, `not:`. Never code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, LiteralString

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from reviewflow.language.phrases.amounts import THE_SUM_OF
from reviewflow.language.phrases.comparisons import (
    HowFar,
    answer_matches,
    compares_by_itself,
    comparison_of,
    how_far,
)
from reviewflow.language.phrases.error import PhraseError


class Many(StrEnum):
    """How the answers of a step done by several owners are read."""

    ONE = "one"
    ANY = "any"
    EVERY = "every"
    ENOUGH = "enough"
    """As many as the quorum of that step asks for."""
    AT_LEAST = "at least"
    """As many as `Is.number` says."""
    MORE = "more"
    """More gave the first of two answers than the second."""
    AS_MANY = "as many"
    """As many gave the first of two answers as the second, and somebody did: a tie."""
    SUM = THE_SUM_OF
    """The numbers of a column of a table, or that several owners answered, added up."""
    APART = "apart"
    """How far lies between two answers: `Is.far`."""


BETWEEN = {Many.MORE: "than", Many.AS_MANY: "as"}
"""The word between two answers that are counted against each other: yes than no; yes as no."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to `step.field` is one of `values`; an empty `step` means the step's own form.

    A value may be a comparison: `at least 3`, `after notified` (`phrases.comparisons`). Where no own form is meant, an
    empty `step` means that `field` is a time limit, which is `missed` or `met`.
    """

    step: str
    field: str
    values: tuple[str, ...]
    many: Many = Many.ONE
    number: int = 0
    """For AT_LEAST: how many owners must have answered so."""
    column: str = ""
    """For SUM: the column of the table `field` that is added up; '' for a number that several owners answered."""
    far: HowFar | None = None
    """For APART: what lies between which two; the first of them that is an answer is `step` and `field`."""

    @property
    def key(self) -> str:
        if self.far is not None:
            return str(self.far)
        name = ".".join(filter(None, (self.step, self.field, self.column)))
        return name if self.many is Many.ONE else f"{self.how_many} {name}"

    @property
    def how_many(self) -> str:
        """'any', or 'at least 2'."""
        return f"{self.many} {self.number}" if self.many is Many.AT_LEAST else str(self.many)


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Test


MISSED, MET = "missed", "met"
"""What a condition may ask about a time limit."""
Test = Is | AllOf | AnyOf | Not

_KEY = re.compile(
    r"(?:(any|every|enough|at least|more|as many|the sum of) (?:([1-9]\d{0,2}) )?)?"
    r"(?:([a-z][a-z0-9_]*)\.)?([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?"
)


def _wrong(message: str, key: str = "", *, code: LiteralString = "PD050") -> PydanticCustomError:
    """What is wrong, and with which key of the condition; its place is looked up where the file is known."""
    return PydanticCustomError(code, "{said}", {"said": message, "key": key})


def parse_condition(value: object) -> Test:
    """A mapping, or a list of mappings of which all must hold; raises PydanticCustomError PD050."""
    if isinstance(value, (Is, AllOf, AnyOf, Not)):
        return value
    if not isinstance(value, dict):
        raise _wrong(f"A condition is written as a name and a value: {_in_braces(value)}.")
    if not value:
        raise _wrong("This condition is empty. Write what must hold, or take it out.")
    parts = tuple(_part(str(key), inner) for key, inner in value.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


_EQUATION = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?) *(?:=|==|:|\bis\b) *(\w+)")


def _in_braces(value: object) -> str:
    """An equation as a condition: `a.b = yes` is {a.b: yes}; an example for any other text."""
    equation = _EQUATION.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{{{equation[1]}: {equation[2]}}}" if equation else "{panel_meeting.quorate: yes}"


def _part(key: str, value: object) -> Test:
    if key in {"any", "all"}:
        if not isinstance(value, list) or not value:
            raise _wrong(f'"{key}" is followed by a list of conditions, each on a line that begins with a dash.', key)
        parts = tuple(parse_condition(inner) for inner in value)
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "not":
        return Not(parse_condition(value))
    far = _far(key)
    if far is not None:
        asked = far.answers[0]
        return Is(asked.name, asked.field or "", _values(key, value), Many.APART, far=far)
    match = _KEY.fullmatch(key)
    if not match:
        raise _wrong(
            f'"{key}" is not the name of an answer. Write the step, a dot, and the field: panel_meeting.quorate.', key
        )
    many, number = Many(match[1]) if match[1] else Many.ONE, int(match[2] or 0)
    if match[5] and many is not Many.SUM:
        raise _wrong(f'"{key}" has a dot too many. The numbers of a column are added up: {THE_SUM_OF} {match[0]}.', key)
    values = _counted_against(key, many, value) if many in BETWEEN else _values(key, value)
    if (many is Many.AT_LEAST) != bool(number):
        raise _wrong(
            f'"{key}" does not say how many. Write: at least 2 {_asked(match)}, or: any {_asked(match)}.',
            key,
        )
    return Is(match[3] or "", match[4], values, many, number, match[5] or "")


def _far(key: str) -> HowFar | None:
    try:
        return how_far(key)
    except PhraseError as error:
        raise _wrong(str(error), key, code=error.code) from error


def _values(key: str, value: object) -> tuple[str, ...]:
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values or not all(isinstance(answer, str) for answer in values):
        raise _wrong(f'"{key}" is followed by a value, or a list of values of which any will do.', key)
    try:
        for answer in values:
            comparison_of(answer)
    except PhraseError as error:
        raise _wrong(str(error), key, code=error.code) from error
    return tuple(str(answer) for answer in values)


def _counted_against(key: str, many: Many, value: object) -> tuple[str, str]:
    """'yes than no' -> ('yes', 'no'): the two answers to one question that are counted against each other."""
    answers = re.fullmatch(rf"(\S+) {BETWEEN[many]} (\S+)", value.strip()) if isinstance(value, str) else None
    if answers is None or answers[1] == answers[2]:
        message = f'"{key}" is followed by the two answers that are counted against each other. Write'
        raise _wrong(f"{message}: {{{key}: yes {BETWEEN[many]} no}}.", key)
    return answers[1], answers[2]


def _asked(match: re.Match[str]) -> str:
    return f"{match[3]}.{match[4]}" if match[3] else match[4]


def as_data(test: Test) -> Any:
    """The condition as it is written in YAML."""
    match test:
        case Is(values=values):
            if test.many in BETWEEN:
                return {test.key: f" {BETWEEN[test.many]} ".join(values)}
            return {test.key: list(values) if len(values) > 1 else values[0]}
        case AllOf(parts):
            return {"all": [as_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_data(part) for part in parts]}
        case Not(part):
            return {"not": as_data(part)}


def of_step(test: Test, step: str) -> Test:
    """A condition over a step's own form, as others write it."""
    match test:
        case Is():
            return replace(test, step=step)
        case AllOf(parts):
            return AllOf(tuple(of_step(part, step) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(of_step(part, step) for part in parts))
        case Not(part):
            return Not(of_step(part, step))


def leaves(test: Test) -> Iterator[Is]:
    """Every answer the condition asks about; of two that lie apart the second one has no values."""
    match test:
        case Is():
            yield test
            if test.far is not None:
                yield from (Is(end.name, end.field or "", ()) for end in test.far.answers[1:])
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)


def holds_for(test: Test, answers: Mapping[str, frozenset[str]]) -> bool:
    """Whether a condition over one form holds, each answer being all that was chosen."""
    match test:
        case Is(field=field):
            return is_taken(test, answers.get(field, frozenset()))
        case AllOf(parts):
            return all(holds_for(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds_for(part, answers) for part in parts)
        case Not(part):
            return not holds_for(part, answers)


def is_taken(test: Is, answers: frozenset[str]) -> bool:
    """Whether what was chosen is one of its values, or compares with one."""
    return any(_among(answers, value) for value in test.values)


@lru_cache(maxsize=4096)  # a check tries the same answers in one combination after another
def _among(answers: frozenset[str], value: str) -> bool:
    """Whether what was chosen is this value, or compares with it.

    An answer that is a number or a day compares by itself; of all else it is counted how much was chosen.
    """
    if comparison_of(value) is None:
        return value in answers
    if not answers:
        return False
    [first, *others] = answers
    return answer_matches(value, answers if others or not compares_by_itself(first) else first, {})


Condition = Annotated[
    Test,
    PlainValidator(parse_condition),
    PlainSerializer(as_data),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "examples": [{"agreed_outcome.outcome": "cspr"}, {"not": {"panel_meeting.quorate": "yes"}}],
        }
    ),
]
