"""Conditions in FEEL, the expression language of BPMN's sister standard, so that other tools can read them."""

from __future__ import annotations

import json

from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import FieldType

LANGUAGE = "https://www.omg.org/spec/DMN/20191111/FEEL/"


def feel(test: Test, definition: Definition, own: str = "") -> str:
    """The condition as a FEEL expression; `own` is the step that a condition over its own form belongs to."""
    match test:
        case Is():
            return _answer(test, definition, test.step or own)
        case AllOf(parts):
            return " and ".join(f"({feel(part, definition, own)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({feel(part, definition, own)})" for part in parts)
        case Not(part):
            return f"not({feel(part, definition, own)})"


def _answer(test: Is, definition: Definition, step: str) -> str:
    asked = definition.recorded(step).get(test.field) if step in definition.process.steps else None
    several = asked is not None and asked.type is FieldType.CHOICES
    match test.many:
        case Many.ONE:
            return _one_of(f"{step}.{test.field}", test.values, several=several)
        case Many.ANY:
            return f"some each in {step} satisfies {_one_of(f'each.{test.field}', test.values, several=several)}"
        case Many.EVERY:
            return f"every each in {step} satisfies {_one_of(f'each.{test.field}', test.values, several=several)}"
        case Many.ENOUGH:
            agree = _one_of(f"item.{test.field}", test.values, several=several)
            return f"count({step}[{agree}]) >= {_quorum(definition, step)}"


def _quorum(definition: Definition, step: str) -> str:
    quorum = definition.process.steps[step].quorum
    return f"count({step})" if quorum is None or quorum.number is None else str(quorum.number)


def _one_of(answer: str, values: tuple[str, ...], *, several: bool) -> str:
    written = [json.dumps(value) for value in values]
    if several:
        return " or ".join(f"list contains({answer}, {value})" for value in written)
    return " or ".join(f"{answer} = {value}" for value in written)
