"""Conditions as data: `{agreed_outcome.outcome: cspr}`, lists for any of, `any:`, `all:`, `not:`. Never code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError


class Many(StrEnum):
    """How the answers of a step done by several owners are read."""

    ONE = "one"
    ANY = "any"
    EVERY = "every"
    ENOUGH = "enough"
    """As many as the quorum of that step asks for."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to `step.field` is one of `values`; an empty `step` means the step's own form."""

    step: str
    field: str
    values: tuple[str, ...]
    many: Many = Many.ONE

    @property
    def key(self) -> str:
        name = f"{self.step}.{self.field}" if self.step else self.field
        return name if self.many is Many.ONE else f"{self.many} {name}"


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Test


Test = Is | AllOf | AnyOf | Not

_KEY = re.compile(r"(?:(any|every|enough) )?(?:([a-z][a-z0-9_]*)\.)?([a-z][a-z0-9_]*)")


def _wrong(message: str, key: str = "") -> PydanticCustomError:
    """What is wrong, and with which key of the condition; its place is looked up where the file is known."""
    return PydanticCustomError("PD050", "{said}", {"said": message, "key": key})


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
    match = _KEY.fullmatch(key)
    if not match:
        raise _wrong(
            f'"{key}" is not the name of an answer. Write the step, a dot, and the field: panel_meeting.quorate.', key
        )
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values or not all(isinstance(answer, str) for answer in values):
        raise _wrong(f'"{key}" is followed by a value, or a list of values of which any will do.', key)
    many = Many(match[1]) if match[1] else Many.ONE
    return Is(match[2] or "", match[3], tuple(str(answer) for answer in values), many)


def as_data(test: Test) -> Any:
    """The condition as it is written in YAML."""
    match test:
        case Is(values=values):
            return {test.key: list(values) if len(values) > 1 else values[0]}
        case AllOf(parts):
            return {"all": [as_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_data(part) for part in parts]}
        case Not(part):
            return {"not": as_data(part)}


def leaves(test: Test) -> Iterator[Is]:
    """Every answer the condition asks about."""
    match test:
        case Is():
            yield test
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)


def holds_for(test: Test, answers: Mapping[str, frozenset[str]]) -> bool:
    """Whether a condition over one form holds, each answer being all that was chosen."""
    match test:
        case Is(field=field, values=values):
            return not answers.get(field, frozenset()).isdisjoint(values)
        case AllOf(parts):
            return all(holds_for(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds_for(part, answers) for part in parts)
        case Not(part):
            return not holds_for(part, answers)


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
