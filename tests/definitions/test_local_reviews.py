"""What must be true of every way to learn locally, whatever else an office changes in it."""

import pytest

from tests.shipped import library

SHIPPED = library()
RECOGNITION = ("appreciative_inquiry", "seriously_good_outcome_review")
LOCAL = (
    *RECOGNITION,
    "after_action_review",
    "case_discussion",
    "concise_review",
    "extended_review",
    "learning_event",
    "multi_agency_audit",
    "practice_learning_review",
    "root_cause_analysis",
    "scie_learning_together",
    "significant_event_analysis",
    "silp",
)


@pytest.mark.parametrize("process", LOCAL)
def test_nothing_in_it_is_national(process: str) -> None:
    assert [name for name, limit in SHIPPED.processes[process].model.limits.items() if limit.national] == []


@pytest.mark.parametrize("process", LOCAL)
def test_it_becomes_a_notification_when_it_may_be_a_serious_incident(process: str) -> None:
    starts = [ending.start.process for ending in SHIPPED.processes[process].model.endings.values() if ending.start]
    assert "serious_incident_notification" in starts


@pytest.mark.parametrize("process", LOCAL)
def test_it_says_where_its_days_come_from(process: str) -> None:
    found = SHIPPED.processes[process].model
    assert "confidence" in (found.source or "")
    assert found.verified is False


@pytest.mark.parametrize("process", RECOGNITION)
def test_a_contribution_to_good_practice_is_chased_no_further_than_the_business_manager(process: str) -> None:
    asked = [step for step in SHIPPED.processes[process].model.steps.values() if step.owner in {"agency", "each.lead"}]
    ladders = [SHIPPED.ladder(step.ladder) for step in asked if step.ladder]
    assert len(ladders) >= 1
    written = {to for ladder in ladders if ladder for rung in ladder.rungs for to in rung.to}
    assert written <= {"owner", "business_manager"}


@pytest.mark.parametrize("process", sorted(SHIPPED.processes))
def test_whoever_must_know_of_a_risk_is_told_when_somebody_has_to_act_on_it(process: str) -> None:
    steps = SHIPPED.processes[process].model.steps
    acts = {name for name, step in steps.items() if step.form == "risk_handled" and not step.optional}
    assert acts - {step.about for step in steps.values() if step.send == "risk_raised"} == set()
