"""Questions that ask for what could identify a child."""

import pytest

from reviewflow.privacy.questions import About, identifying_question


@pytest.mark.parametrize("asked", ["surname", "date_of_birth", "NHS number", "Name of the child's school", "postcode"])
def test_a_question_that_asks_for_what_could_identify_a_child(asked: str) -> None:
    assert identifying_question(asked) is not None


@pytest.mark.parametrize("asked", ["quality_assured", "held_on", "Number of agencies", "Reference of the paper"])
def test_a_question_that_may_be_asked(asked: str) -> None:
    assert identifying_question(asked) is None


@pytest.mark.parametrize("asked", ["Was the parent told", "When does the school close"])
def test_a_question_that_is_answered_by_a_yes_or_a_day_may_speak_of_a_family_and_its_school(asked: str) -> None:
    assert identifying_question(asked) is not None
    assert identifying_question(asked, tuple(About)) is None


@pytest.mark.parametrize("asked", ["When was the mother born", "When did the child die", "Day of the birth"])
def test_a_day_may_be_asked_of_a_parent_and_never_of_a_birth_or_a_death(asked: str) -> None:
    assert identifying_question(asked, (About.PLACE, About.FAMILY)) is not None
    assert identifying_question(asked, tuple(About)) is None


@pytest.mark.parametrize("asked", ["When was the birth mother told", "When was the death notified"])
def test_a_day_of_what_was_said_to_somebody_may_be_asked(asked: str) -> None:
    assert identifying_question(asked, (About.PLACE, About.FAMILY)) is None


@pytest.mark.parametrize(
    "asked", ["The parent's date of birth", "Year of birth", "Name of the school", "Which diagnosis"]
)
def test_what_it_speaks_of_hides_nothing_else_that_it_asks_for(asked: str) -> None:
    assert identifying_question(asked, tuple(About)) is not None
