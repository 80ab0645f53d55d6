"""What may be about an adult does not speak of a child: titles, help, questions, every letter and every paper of it."""

import re
from collections.abc import Iterator

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.model.forms import FormField
from tests.shipped import library

OF_A_CHILD = re.compile(r"\b(?:child|children|young person)\b", re.IGNORECASE)
OF_ANYBODY = re.compile(r"\b(?:adults?|anybody|somebody)\b", re.IGNORECASE)
NAMED_SO = re.compile(
    r"Child Safeguarding|Safeguarding Children|Children Act|(?i:children's (?:partnership|services|social care))"
)
"""Bodies, laws and reviews that are called by it."""
BESIDE_AN_ADULT = {
    "Is a child part of it?",
    "Tell those who must know at once that children are left who may be at risk",
    "See that the children who are left are safe",
    "Children of the family will read it one day.",
    "Are there children in the household?",
    "Was a child heard whom it concerns?",
    "What is told of background, health and other children is there only because the learning needs it",
    "Children in care and transitions",
    "A child",
}
"""Where a child is meant who stands beside the adult, or one of several whom it may be about."""
ABOUT_AN_ADULT = [
    "domestic_abuse_related_death_review",
    "safeguarding_adults_review",
    "single_unified_safeguarding_review",
    "action_plan",
    "action_plan_verification",
    "action_plan_verification_by_agency",
]
"""Reviews that are or may be about an adult, and what follows them as it follows a child's."""


def _of_field(field: FormField) -> Iterator[str]:
    yield from (field.label, field.help or "")
    yield from map(str, field.options.values() if isinstance(field.options, dict) else ())
    for column in (field.columns or {}).values():
        yield from (column.label, column.help or "")
        yield from map(str, column.options.values() if isinstance(column.options, dict) else ())


def words(definition: Definition, begin: str = "") -> Iterator[tuple[str, str]]:
    """What is shown to those who work at it, and sent to those who are asked; of the steps whose names begin so."""
    for name, step in definition.process.steps.items():
        if name.startswith(begin):
            yield name, f"{step.title}\n{step.help or ''}"
    for name, form in definition.step_forms.items():
        if name.startswith(begin):
            yield from ((f"{name}.{field}", "\n".join(_of_field(asked))) for field, asked in form.items())
    if not begin:
        yield from ((name, f"{message.subject}\n{message.text}") for name, message in definition.messages.items())
        yield from ((name, f"{paper.title}\n{paper.text or ''}") for name, paper in definition.documents.items())


def of_a_child(text: str) -> set[str]:
    """The sentences that speak of a child alone."""
    sentences = {sentence.strip() for sentence in re.split(r"(?<=[.?!:])\s+|\n", text)}
    spoken = {sentence for sentence in sentences if OF_A_CHILD.search(NAMED_SO.sub("", sentence))}
    return {sentence for sentence in spoken if not OF_ANYBODY.search(sentence)} - BESIDE_AN_ADULT


@pytest.mark.parametrize("process", ABOUT_AN_ADULT)
def test_what_may_be_about_an_adult_says_the_child_of_nobody(process: str) -> None:
    said = {name: spoken for name, text in words(define(library(), process)) if (spoken := of_a_child(text))}
    assert said == {}


def test_a_joint_review_asks_of_the_adult_in_the_words_for_adults() -> None:
    asked = dict(words(define(library(), "joint_child_adult"), "adult_"))
    assert "adult_view.adult_heard" in asked
    assert {name: spoken for name, text in asked.items() if (spoken := of_a_child(text))} == {}


def test_it_finds_the_words_that_it_looks_for() -> None:
    letter = library().messages["review_opened"].model
    assert of_a_child(letter.text)
    assert not of_a_child("Northmoor Children's Social Care asks the child or the adult.")
