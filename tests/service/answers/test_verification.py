"""The actions of a case verified on one form: what it shows where many look, and what becomes of its answers."""

from reviewflow.case.model.state import Status
from reviewflow.service.answers.case_change import ChangeForm
from reviewflow.service.answers.result import REFUSED
from reviewflow.service.answers.verification import form_of_actions, verified_before, verify_actions
from reviewflow.service.commands.carry_out import current
from reviewflow.service.views.by_hand.offered_again import offered_again
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done_plan, office, on  # noqa: F401 - a fixture

NOW = on(9, 1)
CHAIR = {"answered_by": "Chair of the practice review group"}
LACKING = {"why": "one team of three uses it", "still_needed": "the two other teams", "by_when": "2026-11-02"}


def form(office: Workspace, plan: str) -> ChangeForm:  # noqa: F811
    made = form_of_actions(office, plan.lower(), now=NOW)
    assert isinstance(made, ChangeForm)
    return made


def test_it_has_a_part_for_each_action_and_shows_nothing_that_was_typed(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    made = form(office, plan)
    assert made.reference == plan
    parts = made.schema["properties"]
    assert list(parts) == ["action_1", "action_2", "answered_by"]
    assert parts["action_1"]["properties"]["verified"]["default"] == "as evidenced"
    assert parts["action_1"]["description"] == (
        "Northmoor Police. Done Mon 1 Jun 2026. Evidence was named. Number of the recommendation in the report: 1;"
        " Kind: In one agency; How strong is it? Strong; What would show it? An audit."
    )
    assert str(made.schema["description"]).startswith("What each action says, and what shows it, stands in the letter")
    for typed in ("SharePoint", "electronic form", "seen alone"):
        assert typed not in str(made)


def test_left_as_it_stands_it_verifies_each_as_evidenced_once(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    assert verified_before(office, plan, key="k") is None
    told = verify_actions(office, plan, CHAIR, key="k", now=NOW)
    assert told == ("Done", f"Verified as evidenced: {plan}/1, {plan}/2.")
    again = verified_before(office, plan, key="k")
    assert again is not None
    assert again.name == "Done"
    nothing = form_of_actions(office, plan, now=NOW)
    assert nothing == (REFUSED, f"In {plan} no action waits for its verification. Its page says how each stands.")


def test_what_is_not_verified_says_in_full_what_is_missing(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    said = {**CHAIR, "action_2": {"verified": "not verified", **LACKING}}
    told = verify_actions(office, plan, said, key="k", now=NOW)
    assert told.message == f"Verified as evidenced: {plan}/1. Not verified, or in part, with what is missing: {plan}/2."
    assert current(office, plan).items["do_action/2"].status is Status.OPEN


def test_a_refusal_names_each_action_and_repeats_no_word(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    said = {
        **CHAIR,
        "action_1": {"verified": "in part", "why": "Zqwhyzq", "still_needed": None},
        "action_2": {"verified": "as evidenced", "still_needed": "Zqneededzq"},
    }
    told = verify_actions(office, plan, said, key="k", now=NOW)
    assert told.name == REFUSED
    assert f"{plan}/1: what is still needed is missing." in told.message
    assert f'{plan}/2: it says what is missing, and "as evidenced".' in told.message
    assert "Zq" not in told.message
    assert current(office, plan).items["verify/1"].status is Status.OPEN


def test_a_refused_form_is_offered_again_with_what_was_chosen_and_may_be_kept(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    said = {"action_2": {"verified": "not verified", **LACKING, "why": "NHS 943 476 5919"}}
    again = offered_again(form(office, plan).schema, said)["properties"]
    kept = {"verified": "not verified", "still_needed": "the two other teams", "by_when": "2026-11-02"}
    assert again["action_2"]["default"] == kept
    assert "default" not in again["action_1"]
    assert "default" not in again["answered_by"]


def test_a_case_that_is_not_known_is_refused_in_words(office: Workspace) -> None:  # noqa: F811
    told = form_of_actions(office, "AP-1900-001", now=NOW)
    assert told.name == REFUSED  # type: ignore[union-attr]
