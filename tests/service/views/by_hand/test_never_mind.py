"""A form that is put away needs nothing else; one that is not needs all that it needed."""

import pytest
from prefect.utilities.schema_tools import validate

from reviewflow.service.views.by_hand.never_mind import NEVER_MIND, is_put_away, with_never_mind

FORM = {
    "type": "object",
    "title": "A form",
    "properties": {"why": {"type": "string", "position": 0}},
    "required": ["why"],
}


@pytest.mark.parametrize(
    ("answers", "accepted", "put_away"),
    [
        ({}, False, False),
        ({NEVER_MIND: False}, False, False),
        ({"why": None, NEVER_MIND: False}, False, False),
        ({"why": None, NEVER_MIND: True}, True, True),
        ({"why": "Because", NEVER_MIND: False}, True, False),
        ({"why": "Because"}, True, False),
        ({NEVER_MIND: True}, True, True),
    ],
)
def test_what_is_needed(answers: dict[str, object], *, accepted: bool, put_away: bool) -> None:
    """As Prefect judges the answers."""
    assert (not validate(answers, with_never_mind(FORM))) is accepted
    assert is_put_away(answers) is put_away


def test_it_is_asked_last_and_the_form_itself_stays_as_it_was() -> None:
    asked = with_never_mind(FORM)["properties"]
    assert list(asked) == ["why", NEVER_MIND]
    assert asked[NEVER_MIND]["position"] == 1
    assert NEVER_MIND not in FORM["properties"]
    assert not is_put_away(None)
