"""A review that is about an adult does not speak of "the child", nor a group that it takes in."""

import re
from collections.abc import Iterator

import pytest

from reviewflow.language.definition import Definition, define
from tests.shipped import library

THE_CHILD = re.compile(r"\b[Tt]he (?:child|young person)\b(?!,? or the adult)")


def words(definition: Definition) -> Iterator[tuple[str, str]]:
    """What is shown to those who work at it: titles, help, questions and their options."""
    for name, step in definition.process.steps.items():
        yield name, f"{step.title} {step.help or ''}"
    for name, form in definition.step_forms.items():
        for field in form.values():
            options = field.options.values() if isinstance(field.options, dict) else ()
            yield name, " ".join(map(str, (field.label, field.help or "", *options)))


@pytest.mark.parametrize("process", ["domestic_abuse_related_death_review", "safeguarding_adults_review"])
def test_a_review_about_an_adult_says_the_child_of_nobody(process: str) -> None:
    said = {name for name, text in words(define(library(), process)) if THE_CHILD.search(text)}
    assert said == set()
    assert THE_CHILD.search("Hear what the child has to tell"), "the words that it looks for"
