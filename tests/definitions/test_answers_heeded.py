"""What is asked is heeded: no shipped form asks for a day, or whether a child may be at risk, and then lets it lie."""

from collections.abc import Iterator

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.model import FieldType, FormField
from tests.shipped import library

SHIPPED = library()
DEFINITIONS = {name: define(SHIPPED, name) for name in sorted(SHIPPED.processes)}
TODAY = frozenset({"ring_me", "act_today"})
"""Answers that say that somebody must act today."""
REGISTERED = frozenset({"publication", "action_said", "action_verified", "action_done", "verified_for_plan"})
"""What a register keeps: its days are columns there, and `reviewflow publications` and `actions` watch them."""


def asked(process: str) -> Iterator[tuple[str, str, FormField]]:
    for step, form in DEFINITIONS[process].step_forms.items():
        for name, field in form.items():
            yield step, name, field


def heeded(definition: Definition, step: str, name: str) -> bool:
    """Whether a rule, a condition, a setting or an entry in a calendar names this answer."""
    process = definition.process
    own = process.steps[step].model_dump_json(include={"reopens", "places"}, by_alias=True)
    written = [process.model_dump_json(by_alias=True), *(str(made.day) for made in definition.documents.values())]
    return any(f"{step}.{name}" in text for text in written) or f'"{name}"' in own


@pytest.mark.parametrize("process", DEFINITIONS)
def test_an_answer_that_a_child_may_be_at_risk_is_acted_on(process: str) -> None:
    lost = [
        f"{step}.{name}"
        for step, name, field in asked(process)
        if TODAY & field.options.keys() and not heeded(DEFINITIONS[process], step, name)
    ]
    assert lost == []


@pytest.mark.parametrize("process", DEFINITIONS)
def test_a_day_that_is_asked_for_is_a_day_that_somebody_keeps(process: str) -> None:
    lost = [
        f"{step}.{name}"
        for step, name, field in asked(process)
        if field.type is FieldType.DATE
        and field.required
        and not (field.completes or field.sets)
        and DEFINITIONS[process].process.steps[step].records not in REGISTERED
        and not heeded(DEFINITIONS[process], step, name)
    ]
    assert lost == []
