"""The shipped definitions, as they are pinned by a case and read back."""

import pytest

from reviewflow.case.handlers.links import HOLDS_PLACED
from reviewflow.language.built_in_texts import SHIPPED as OF_THE_ENGINE
from reviewflow.language.definition import Definition, define
from reviewflow.language.model import OUTSIDE, Message
from reviewflow.language.templates import FIELDS, render
from tests.shipped import library

SHIPPED = library()


@pytest.mark.parametrize("process", sorted(SHIPPED.processes))
def test_what_is_stored_reads_back_the_same(process: str) -> None:
    definition = define(SHIPPED, process)
    restored = Definition.model_validate_json(definition.body)
    of_the_day = {"targets": None, "groups": {}, "opened": {}}  # over all cases, and of the files: kept with none
    assert restored == definition.model_copy(update=of_the_day)
    assert (restored.body, restored.hash) == (definition.body, definition.hash)
    assert list(restored.process.steps) == list(SHIPPED.processes[process].model.steps)


MESSAGES = {**OF_THE_ENGINE, **{name: each.model for name, each in SHIPPED.messages.items()}}
IN_OWN_WORDS = {
    "action_embedded": "Nothing more is asked of you for it",
    "plan_closed": "for that you get a letter of its own",
    "not_asked_any_more": "You need do nothing more about it",
    "meeting_without_this": "so please keep the day",
    "meeting_stands": "Please keep the day free",
    "case_withdrawn": "Nothing more is asked of you in it",
    "case_ended_early": "Nothing more is asked of you in it",
    "case_goes_on": "what is asked of you comes in a letter of its own",
    "not_coming_any_more": "You need do nothing more about it",
    "comes_after_all": "what is asked of you comes in a letter of its own",
    "day_moved": "If you have passed the old day on",
    "meeting_called_off": "You need do nothing more about it",
    "meeting_put_off": "We write to you when the new day is fixed",
    "meeting_moved": "tell us, also where you have answered already",
    "answer_recorded": "You need do nothing else",
    "commitments_made": "We ask how it went when its day comes",
    "cspr_opened": "The request comes when the terms of reference are agreed",
    "death_logged": "The notification follows",
    "terms_planned": "The question comes in a letter of its own",
    "joint_review_opened": "The request comes when the terms of reference are agreed",
    "family_how_it_was": "nobody will remind you",
    "decision_near": "the questions come in a letter of their own",
    "decision_planned": "the questions in a letter of their own when the papers are there",
    "impact_invitation": "If nothing comes, that is fine too",
    "incident_logged": "The three safeguarding partners talk about the criteria first",
    "inquiry_invitation": "if nothing comes, the inquiry goes on",
    "invite_to_conversation": "come to you by secure message",
    "invite_to_discussion": "come to you by secure message",
    "invite_to_event": "If we hear nothing by",
    "lead_planned": "the questions reach you shortly before that day",
    "learning_shared": "If we hear nothing by",
    "limit_at_risk": "You are told again if",
    "limit_well_again": "Nothing is to be done because of this message",
    "nomination_agreed": "nothing bad follows if you cannot",
    "passed_on": "Nothing more is needed from you about it",
    "plan_agreed": "We write before a day comes",
    "please_check_facts": "If we hear nothing by then",
    "please_comment": "If we hear nothing by",
    "promise_near": "If we hear nothing, somebody rings you",
    "publication_planned": "If the day moves, you hear it from us",
    "panel_answered": "If the Panel agrees, nothing is asked of you",
    "publication_near": "Until it is published",
    "recognition_invitation": "If we hear nothing, we ask once more",
    "letter_to_release": "It goes when you have read and released it",
    "recognition_letter_sent": "what they did is told in our bulletin",
    "recognition_ring": "the inquiry goes on without it",
    "recognition_thanks": "What we learn from it comes to you too",
    "recognition_welcome": "If we hear nothing, somebody rings you",
    "referral_no_review": "the group looks at it again",
    "referral_notified": "You may be asked soon for what your agency knows",
    "referral_was_notified": "You may be asked soon for what your agency knows",
    "referral_received": "What happens now",
    "referral_other_area": "You may be asked for what your agency knows",
    "referral_review_held": "comes in letters of its own",
    "review_closed": "that goes on: its letters come as before",
    "review_opened": "the office sends the invitations",
    "review_published": "A short briefing for teams",
    "review_sent_partners": "When the Panel's letter comes, you hear of it",
    "review_sent": "Our office tells you what was decided",
    "risk_raised": "if you have not heard from us within the hour",
    "thanks_for_event": "They see what was written before anybody else does",
    "thanks_for_papers": "rings you if anything is missing",
    "thanks_for_return": "rings you if anything is missing",
    "verification_closed": "Nothing more is asked of you for them",
    "verification_given_up": "Nothing more is asked of you for it",
    "verification_in_part": "in six months the group looks again",
    "verification_new_plan": "reaches you when it is agreed",
}
"""Messages that say by themselves what happens next; all others say {next}, which names the day."""
TO_THE_OFFICE = {"decide_more_time", "no_more_time_to_give", "correct_the_contact", "question_to_the_office"}
"""It is the office that others ring."""


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_says_what_happens_next_and_whom_to_ring(name: str) -> None:
    message: Message = MESSAGES[name]
    text = render(message.text, {field: f"<{field}>" for field in FIELDS})
    assert ("<contact_phone>" in text) is (name not in TO_THE_OFFICE)
    assert IN_OWN_WORDS.get(name, "<next>") in text


@pytest.mark.parametrize("name", sorted(SHIPPED.ladders.model.ladders if SHIPPED.ladders else ()))
def test_whoever_is_escalated_is_told_so(name: str) -> None:
    """All that goes above its owner goes to the owner too; recognition and what asks a body outside tell on nobody."""
    assert SHIPPED.ladders is not None
    ladder = SHIPPED.ladders.model.ladders[name]
    assert ladder.recognition or all("owner" in rung.to or rung.to == (OUTSIDE,) for rung in ladder.rungs)


def test_agencies_are_thanked() -> None:
    """By the ladder of what they send, and not of short answers, which take a minute."""
    of_agencies = {
        step.ladder
        for process in SHIPPED.processes.values()
        for step in process.model.steps.values()
        if step.owner == "agency" and step.ladder and SHIPPED.ladder(step.ladder)
    }
    thanked = {name for name in of_agencies if (ladder := SHIPPED.ladder(name)) and ladder.thanks}
    assert of_agencies - thanked == {"attendance", "word_back"}


@pytest.mark.parametrize("form", ["verification", "action_verified"])
def test_where_an_action_is_judged_it_is_said_what_becomes_of_one_that_nobody_can_verify(form: str) -> None:
    assert "our office skips it" in (SHIPPED.forms[form].model.fields["judgement"].help or "")


def test_what_runs_beside_places_each_shipped_hold_but_the_one_on_everything() -> None:
    placed = {name for names in HOLDS_PLACED.values() for name in names}
    held = {hold for loaded in SHIPPED.processes.values() for hold in loaded.model.holds or {}}
    assert held - placed == {"everything"}
