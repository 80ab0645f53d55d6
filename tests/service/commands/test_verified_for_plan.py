"""What is verified in a case of its own is verified in the action's plan too, in the one transaction, never twice."""

from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.records.audit import audit
from reviewflow.service.reports.registers.action_lines import Chosen, action_lines
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, office, on, plan  # noqa: F401 - fixtures

CHAIR = "Chair of the practice review group"
EMBEDDED = {"verified_on": "2026-09-01", "judgement": "embedded", "in_full": "no"}
LACKING = {"why": "one team only", "still_needed": "the other teams", "needed_by": "2026-10-01"}


def verification(office: Workspace, plan: str, *numbers: int) -> str:  # noqa: F811 - no fixtures here
    """A verification of the agency's actions, which waits for the answers."""
    opening = c.Open({"done": date(2026, 5, 29)}, ("police",))
    case = open_case(office, "action_plan_verification_by_agency", opening, by="t", now=on(6, 3)).case.reference
    lines = [{"plan": plan, "number": number, "agency": "police", "claimed": "2026-06-01"} for number in numbers]
    done(office, case, "choose_what", on(6, 3), chosen_on="2026-06-03", actions=lines)
    sent = {"sent_on": "2026-06-03", "answer": "evidence", "approved": "yes"}
    done(office, case, "agency_evidence/police", on(6, 3), **sent)
    done(office, case, "ask_front_line", on(6, 3), asked_on="2026-06-03", asked=5, know_it=5, work_by_it=4)
    return case


@pytest.fixture
def waiting(office: Workspace, plan: str) -> str:  # noqa: F811 - fixtures
    """A plan whose first action waits for its verification."""
    shown = {"done_on_day": "2026-06-01", "result": "as_agreed", "evidence": "audit", "paper": "SharePoint 14"}
    done(office, plan, "do_action/1", on(6, 1), **shown)
    done(office, plan, "see_evidence/1", on(6, 2), seen_on="2026-06-02", result="shown")
    return plan


def _times_done(office: Workspace, plan: str) -> list[str]:  # noqa: F811
    events = (e.decode(row.kind, row.body) for row in office.store.events(plan))
    return [event.verified_in for event in events if isinstance(event, e.Completed) and event.item == "verify/1"]


def test_it_is_verified_in_its_plan_once(office: Workspace, waiting: str) -> None:  # noqa: F811
    first, second = verification(office, waiting, 1), verification(office, waiting.lower(), 1)
    carry_out(office, first, c.Complete("verify/1", EMBEDDED), by=CHAIR, now=on(9, 1))
    carry_out(office, second, c.Complete("verify/1", EMBEDDED), by=CHAIR, now=on(9, 2))
    assert _times_done(office, waiting) == [first]
    [action, _] = action_lines(office, Chosen(cases=(waiting,)), now=on(9, 3))
    assert (action.verified, action.judgement) == (date(2026, 9, 1), "embedded")
    assert audit(office)[1] == []


def test_what_is_not_embedded_is_owed_again_in_its_plan(office: Workspace, waiting: str) -> None:  # noqa: F811
    case = verification(office, waiting, 1)
    answers = {**EMBEDDED, "judgement": "not_embedded", **LACKING}
    carry_out(office, case, c.Complete("verify/1", answers), by=CHAIR, now=on(9, 1))
    assert current(office, waiting).items["do_action/1"].status is Status.OPEN


@pytest.mark.parametrize("number", [2, 9])
def test_what_does_not_wait_there_is_left_alone(office: Workspace, waiting: str, number: int) -> None:  # noqa: F811
    case, before = verification(office, waiting, number), current(office, waiting)
    carry_out(office, case, c.Complete("verify/1", EMBEDDED), by=CHAIR, now=on(9, 1))
    assert current(office, waiting) == before


def test_a_plan_that_is_not_here(office: Workspace) -> None:  # noqa: F811
    case = verification(office, "plan 4 of another office", 1)
    carry_out(office, case, c.Complete("verify/1", EMBEDDED), by=CHAIR, now=on(9, 1))
    assert current(office, case).items["verify/1"].status is Status.DONE


def test_what_is_refused_changes_neither(office: Workspace, waiting: str) -> None:  # noqa: F811
    case, before = verification(office, waiting, 1), current(office, waiting)
    with pytest.raises(Refused, match="which owns the action"):
        carry_out(office, case, c.Complete("verify/1", EMBEDDED), by="Northmoor Police", now=on(9, 1))
    assert current(office, waiting) == before
