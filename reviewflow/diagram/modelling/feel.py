"""Conditions in FEEL, the expression language of BPMN's sister standard, so that other tools can read them."""

from __future__ import annotations

import json

from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import EACH, FieldType
from reviewflow.language.phrases import Apart, HowFar, Quorum
from reviewflow.language.phrases.comparisons import How, comparison_of
from reviewflow.language.phrases.quorums import MORE_THAN_HALF, SHARES

COUNTED = frozenset({FieldType.CHOICES, FieldType.LIST, FieldType.ROWS, FieldType.AGENCIES})
"""Answers that are lists."""
SIGNS = {
    How.AT_LEAST: ">=",
    How.AT_MOST: "<=",
    How.MORE_THAN: ">",
    How.LESS_THAN: "<",
    How.AFTER: ">",
    How.BEFORE: "<",
    How.ON_OR_AFTER: ">=",
    How.ON_OR_BEFORE: "<=",
    How.ON: "=",
}
LANGUAGE = "https://www.omg.org/spec/DMN/20191111/FEEL/"


def feel(test: Test, definition: Definition, own: str = "") -> str:
    """The condition as a FEEL expression; `own` is the step that a condition over its own form belongs to."""
    match test:
        case Is():
            return _answer(test, definition, test.step or own, own)
        case AllOf(parts):
            return " and ".join(f"({feel(part, definition, own)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({feel(part, definition, own)})" for part in parts)
        case Not(part):
            return f"not({feel(part, definition, own)})"


def _answer(test: Is, definition: Definition, step: str, own: str) -> str:
    if not test.step and test.field in definition.process.limits:
        return _one_of(test.field, test.values, several=False)
    asked = definition.recorded(step).get(test.field) if step in definition.process.steps else None
    if step == EACH:
        asked = definition.columns(own).get(test.field)
    several = asked is not None and asked.type in COUNTED
    match test.many:
        case Many.SUM:
            added = ".".join(filter(None, (step, test.field, test.column)))
            return _one_of(f"sum({added})", test.values, several=False)
        case Many.APART:
            return _one_of(_apart(test.far), test.values, several=False) if test.far else ""
        case Many.ONE:
            return _one_of(f"{step}.{test.field}", test.values, several=several)
        case Many.ANY:
            return f"some each in {step} satisfies {_one_of(f'each.{test.field}', test.values, several=several)}"
        case Many.EVERY:
            return f"every each in {step} satisfies {_one_of(f'each.{test.field}', test.values, several=several)}"
        case Many.ENOUGH:
            agree = _one_of(f"item.{test.field}", test.values, several=several)
            quorum = definition.quorum(step) or Quorum()
            named = [f' and count({step}[item.who = "{name}" and ({agree})]) = 1' for name in quorum.among]
            named += [
                f" and count({step}[({_one_of('item.who', kind.names, several=False)}) and ({agree})]) >= {kind.number}"
                for kind in quorum.kinds
            ]
            return f"count({step}[{agree}]) >= {needed(quorum, step)}{''.join(named)}"
        case Many.MORE | Many.AS_MANY:
            first, second = (
                f"count({step}[{_one_of(f'item.{test.field}', (value,), several=several)}])" for value in test.values
            )
            return f"{first} > {second}" if test.many is Many.MORE else f"{first} = {second} and {first} > 0"
        case Many.AT_LEAST:
            agree = _one_of(f"item.{test.field}", test.values, several=several)
            return f"count({step}[{agree}]) >= {test.number}"


def _apart(far: HowFar) -> str:
    """As numbers; FEEL knows no holidays, so whoever runs the model has to say what `working days` are."""
    match far.how:
        case Apart.DIFFERENCE:
            return f"abs({far.one} - {far.other})"
        case Apart.EXCESS:
            return f"{far.one} - {far.other}"
        case Apart.DAYS:
            return f'({far.other} - {far.one}) / duration("P1D")'
        case Apart.WORKING_DAYS:
            return f"working days({far.one}, {far.other})"


def needed(quorum: Quorum, asked: str) -> str:
    """How many must agree, of the list `asked`: '2', or 'ceiling(count(sign) * 2 / 3)'."""
    if quorum.number is not None:
        return str(quorum.number)
    if quorum.share == MORE_THAN_HALF:
        return f"floor(count({asked}) / 2) + 1"
    parts, of = SHARES.get(quorum.share, (1, 1))
    return f"count({asked})" if parts == of else f"ceiling(count({asked}) * {parts} / {of})"


def _one_of(answer: str, values: tuple[str, ...], *, several: bool) -> str:
    return " or ".join(_compared(answer, value, several=several) for value in values)


def _compared(answer: str, value: str, *, several: bool) -> str:
    comparison = comparison_of(value)
    if comparison is None:
        written = value if value[:1].isdigit() or value.startswith("-") else json.dumps(value)
        return f"list contains({answer}, {written})" if several else f"{answer} = {written}"
    sign, than = SIGNS[comparison.how], comparison.than
    if isinstance(than, float):
        return f"{f'count({answer})' if several else answer} {sign} {than:g}"
    return f"{answer} {sign} {f'date({json.dumps(str(than))})' if than.day else than}"
