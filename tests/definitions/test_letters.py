"""What the shipped letters and ladders promise to their readers."""

import pytest

from reviewflow.language.definition import define
from reviewflow.language.model import Rung, Until
from tests.shipped import library

SHIPPED = library()
DEFINITIONS = {name: define(SHIPPED, name) for name in sorted(SHIPPED.processes)}


def rungs(name: str) -> tuple[Rung, ...]:
    ladder = SHIPPED.ladder(name)
    assert ladder is not None
    return ladder.rungs


def test_a_silent_agencys_safeguarding_partner_hears_of_it_two_working_days_after_the_due_day() -> None:
    assert [str(rung.when) for rung in rungs("returns") if "partner" in rung.to] == ["2 working days after"]


def test_the_safety_check_goes_to_all_partners_and_their_heads_the_same_day() -> None:
    step = DEFINITIONS["rapid_review"].process.steps["immediate_safety"]
    *_, last = rungs(str(step.ladder))
    heads = {"lead_local_authority", "lead_health", "lead_police"}
    assert (str(last.when), heads <= set(last.to), step.safety) == ("on the day", True, True)
    texts = [SHIPPED.messages[rung.message].model.text for rung in rungs(str(step.ladder))]
    assert not any("goes on without" in text for text in texts)


@pytest.mark.parametrize("process", sorted(set(DEFINITIONS) - {"referral", "scie_learning_together", "silp"}))
def test_no_letter_calls_a_review_what_is_none(process: str) -> None:
    """Two are reviews by another name, and a referral for a review is none yet."""
    model = DEFINITIONS[process].process
    assert (model.own_word == "review") == ("review" in model.title.lower())


@pytest.mark.parametrize("process", DEFINITIONS)
def test_a_first_letter_asks_for_the_word_that_is_chased_for(process: str) -> None:
    """Whoever is asked whether a request has arrived was asked to say so."""
    definition = DEFINITIONS[process]
    for name, step in definition.process.steps.items():
        ladder = definition.ladders.get(step.ladder or "")
        if ladder is None or all(rung.until is not Until.ACKNOWLEDGED for rung in ladder.rungs):
            continue
        asking = [
            other.send for other in definition.process.steps.values() if other.send is not None and other.about == name
        ]
        assert asking, name
        assert all("{acknowledge}" in definition.messages[message].text for message in asking), (name, asking)


def enclosed(paper: str) -> str:
    """What a formal letter says is enclosed."""
    return SHIPPED.documents[paper].model.text.partition("Enclosed:")[2]


@pytest.mark.parametrize("process", DEFINITIONS)
def test_a_formal_letter_encloses_what_its_process_makes(process: str) -> None:
    """The request of a practice review promised a summary that no step of it makes."""
    steps = DEFINITIONS[process].process.steps.values()
    made = {step.make for step in steps if step.make}
    for letter in (name for name in made if enclosed(name)):
        assert ("agency summary" in enclosed(letter)) == ("agency_summary_template" in made), letter
        assert ("chronology" in enclosed(letter)) == ("chronology_template" in made), letter


@pytest.mark.parametrize("process", DEFINITIONS)
def test_only_a_review_of_the_law_claims_section_16f_in_its_formal_letter(process: str) -> None:
    """Section 16F of the Children Act 2004 is about rapid reviews and practice reviews; a local review is none."""
    definition = DEFINITIONS[process]
    made = {step.make for step in definition.process.steps.values() if step.make}
    claimed = {name for name in made if "16F" in SHIPPED.documents[name].model.text}
    assert not claimed or definition.process.limits.keys() & {"submission", "published"}, claimed
