"""Questions that ask for what could identify a child."""

import pytest

from reviewflow.privacy.questions import identifying_question


@pytest.mark.parametrize("asked", ["surname", "date_of_birth", "NHS number", "Name of the child's school", "postcode"])
def test_a_question_that_asks_for_what_could_identify_a_child(asked: str) -> None:
    assert identifying_question(asked) is not None


@pytest.mark.parametrize("asked", ["quality_assured", "held_on", "Number of agencies", "Reference of the paper"])
def test_a_question_that_may_be_asked(asked: str) -> None:
    assert identifying_question(asked) is None
