"""A message is called by what its reader sees of its subject, a hold's reason by a title: by no name of a file."""

import pytest

from reviewflow.language.built_in_messages import MEETING_OFF, MEETING_STANDS, MORE_TIME, PASSED_ON
from reviewflow.language.definition import define
from reviewflow.language.model import Message
from reviewflow.service.wording.message_words import message_title, message_words
from reviewflow.service.wording.titles import because_words
from tests.shipped import library

MESSAGES = {name: found.model for name, found in library().messages.items()}


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("overdue_senior", "We need your help"),
        ("ask_for_papers", "Please reply"),
        ("please_acknowledge", "Has our request arrived?"),
        ("impact_invitation", "Three months on"),
        ("due_today", "Due"),
        ("decision_planned", "Your decision"),
        ("meeting_invitation", "Meeting"),
        ("family_how_it_was", "How taking part was for you"),
        (MORE_TIME, "To decide: more time"),
        (PASSED_ON, "Not needed from you any more"),
        (MEETING_OFF, "Called off"),
        (MEETING_STANDS, "Meeting stands"),
    ],
)
def test_it_is_called_by_its_subject(name: str, called: str) -> None:
    assert message_title(MESSAGES, name) == called


def test_a_subject_that_goes_on_with_what_it_is_about_is_cut_there() -> None:
    ours = Message(language=1, message="ours", subject="[{partnership}] Will you look into {reference}?", text="{step}")
    assert message_title({"ours": ours}, "ours") == "Will you look into …"


def test_one_that_is_known_no_more_is_called_by_its_name() -> None:
    assert message_title({}, "our_old_reminder") == "Our old reminder"


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_no_shipped_message_shows_a_field_or_the_name_of_its_file(name: str) -> None:
    words = message_words(MESSAGES, name)
    assert len(words) > len("“”")
    assert not {"{", "}", "_"} & set(words)


def test_a_hold_that_an_answer_placed_says_which_by_its_title() -> None:
    definition = define(library(), "domestic_abuse_related_death_review")
    terms = "the answer to “Agree the terms of reference, and map what runs beside the review”"
    assert because_words(definition, "the answer to terms") == terms
    assert because_words(definition, "the answer to their letter") == "the answer to their letter"
