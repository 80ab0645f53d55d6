"""What could identify a child: in text that people type, and in the questions of a form."""

import pytest

from reviewflow.privacy import identifying_question, identifying_text, why_not_kept


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("NHS 943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("born 12/03/2019", "a date of birth, or another day in somebody's life"),
        ("dob 2019", "a date of birth, or another day in somebody's life"),
        ("seen on 3.4.19", "a date of birth, or another day in somebody's life"),
        ("lives at M60 2LA", "a postcode"),
    ],
)
def test_what_is_seen(text: str, seen: str) -> None:
    assert identifying_text(text) == seen
    assert seen in str(why_not_kept(text))


@pytest.mark.parametrize(
    "text", ["SECURE-9434765918", "RR-2026-001", "rang on 01632 960100", "two agencies were late", "box 14/2", ""]
)
def test_what_is_let_through(text: str) -> None:
    assert why_not_kept(text) is None


@pytest.mark.parametrize("asked", ["surname", "date_of_birth", "NHS number", "Name of the child's school", "postcode"])
def test_a_question_that_asks_for_what_could_identify_a_child(asked: str) -> None:
    assert identifying_question(asked) is not None


@pytest.mark.parametrize("asked", ["quality_assured", "held_on", "Number of agencies", "Reference of the paper"])
def test_a_question_that_may_be_asked(asked: str) -> None:
    assert identifying_question(asked) is None
