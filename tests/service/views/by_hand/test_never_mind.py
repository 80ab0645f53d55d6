"""A form that is put away needs nothing else; one that is not needs all that it needed, and says so by question."""

from typing import Any

import pytest
from prefect.utilities.schema_tools import validate
from prefect.utilities.schema_tools.validation import build_error_obj

from reviewflow.service.views.by_hand.never_mind import (
    ASKED,
    NEVER_MIND,
    PUT_AWAY,
    answers_of_form,
    is_put_away,
    with_never_mind,
)

FORM = {
    "type": "object",
    "title": "A form",
    "properties": {
        "why": {"type": "string", "position": 0, "minLength": 2},
        "day": {"type": "string", "format": "date", "position": 1},
        "part": {"type": "object", "properties": {"more": {"type": "string"}}, "position": 3},
        "how": {"type": "string", "enum": ["By post", "By hand"], "position": 2},
    },
    "required": ["why"],
}
SOUND = {"why": "Because"}


@pytest.mark.parametrize(
    ("answers", "accepted", "put_away"),
    [
        ({}, False, False),
        ({NEVER_MIND: False}, False, False),
        ({"why": None}, False, False),
        ({"why": "B"}, False, False),
        ({NEVER_MIND: True}, True, True),
        ({"why": None, NEVER_MIND: True}, True, True),
        (SOUND, True, False),
        ({**SOUND, "day": None, "how": None}, True, False),
        ({**SOUND, "part": {"more": None}}, True, False),
        ({**SOUND, "part": {"more": 4}}, False, False),
        ({**SOUND, "how": "By air"}, False, False),
    ],
)
def test_what_is_needed(answers: dict[str, object], *, accepted: bool, put_away: bool) -> None:
    """As Prefect judges the answers."""
    assert (not validate({ASKED: answers}, with_never_mind(FORM))) is accepted
    assert is_put_away(answers_of_form({ASKED: answers})) is put_away


@pytest.mark.parametrize("answers", [{}, {ASKED: None}, {"why": "Because"}, {NEVER_MIND: True}])
def test_answers_that_are_not_of_the_form_are_refused(answers: dict[str, object]) -> None:
    assert validate(answers, with_never_mind(FORM))


def test_what_is_lacking_is_said_by_its_question() -> None:
    errors = build_error_obj(validate({ASKED: {"how": "By air"}}, with_never_mind(FORM)))["errors"]
    assert [(error["property"], [part["property"] for part in error["errors"]]) for error in errors] == [
        (ASKED, ["how", "why"])
    ]


def test_the_form_itself_stays_as_it_was_and_stands_first() -> None:
    shapes: list[dict[str, Any]] = with_never_mind(FORM)["properties"][ASKED]["anyOf"]
    assert {**shapes[0], "title": "A form"} == FORM
    assert [shape["title"] for shape in shapes] == ["Fill in", PUT_AWAY]
    assert not is_put_away(None)


def test_answers_of_a_form_that_an_earlier_version_laid_out_are_read() -> None:
    assert answers_of_form(SOUND) == SOUND
    assert is_put_away(answers_of_form({**SOUND, NEVER_MIND: True}))
    assert answers_of_form(None) is None


def test_what_is_said_above_a_form_is_said_above_both_shapes_once() -> None:
    asked = with_never_mind({**FORM, "description": "Where the words stand."})["properties"]["form"]
    assert asked["description"] == "Where the words stand."
    assert all("description" not in shape for shape in asked["anyOf"])
