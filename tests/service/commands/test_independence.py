"""Whoever verifies an action is not of the agency that owns it."""

from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import SHIPPED, done, office, on, plan  # noqa: F401 - fixtures

EMBEDDED = {"verified_on": "2026-09-01", "judgement": "embedded", "in_full": "no"}
CHAIR = "Chair of the practice review group"


@pytest.fixture
def waiting(office: Workspace, plan: str) -> str:  # noqa: F811 - fixtures
    """A plan whose first action, which the police own, waits for its verification."""
    done(
        office,
        plan,
        "do_action/1",
        on(6, 1),
        done_on_day="2026-06-01",
        result="as_agreed",
        evidence="audit",
        paper="SharePoint 14",
    )
    done(office, plan, "see_evidence/1", on(6, 2), seen_on="2026-06-02", result="shown")
    return plan


def _verify(office: Workspace, plan: str, by: str) -> None:  # noqa: F811 - no fixtures here
    carry_out(office, plan, c.Complete("verify/1", EMBEDDED), by=by, now=on(9, 1))


@pytest.mark.parametrize(
    "by",
    [
        "Northmoor Police (senior sign-off)",
        "J. Alder, Northmoor Police",
        "Safeguarding partner for the police",
        "police review officer (speaks for the investigation)",
    ],
)
def test_nobody_verifies_what_their_own_agency_owns(office: Workspace, waiting: str, by: str) -> None:  # noqa: F811
    with pytest.raises(Refused) as refused:
        _verify(office, waiting, by)
    words = str(refused.value)
    assert "is for somebody who is not of Northmoor Police, which owns the action." in words
    assert "Posts that may: Business support officer, Partnership business manager, " in words
    assert current(office, waiting).items["verify/1"].status is Status.OPEN


@pytest.mark.parametrize("by", [CHAIR, "tester", "Safeguarding partner for health", "Northmoor Schools"])
def test_others_do(office: Workspace, waiting: str, by: str) -> None:  # noqa: F811
    _verify(office, waiting, by)
    assert current(office, waiting).items["verify/1"].status is Status.DONE


def test_the_mailbox_of_the_post_that_owes_it_says_whose_it_is(office: Workspace, waiting: str) -> None:  # noqa: F811
    roles = office.partnership.roles
    chair = roles["review_group_chair"].model_copy(update={"email": "chair@northmoor-police.example.org"})
    own = office.partnership.model_copy(update={"roles": {**roles, "review_group_chair": chair}})
    theirs = Workspace(office.store, office.folder, own_partnership=own)
    with pytest.raises(Refused, match=f"{CHAIR} is\\."):
        _verify(theirs, waiting, "tester")
    _verify(theirs, waiting, "Independent scrutineer")


def test_the_agency_of_the_line_owns_what_is_verified_for_another_plan(office: Workspace) -> None:  # noqa: F811
    opening = c.Open({"done": date(2026, 5, 29)}, ("police",))
    case = open_case(office, "action_plan_verification_by_agency", opening, by="t", now=on(6, 1)).case.reference
    line = {"plan": "AP-2026-009", "number": 1, "agency": "police", "claimed": "2026-05-01"}
    done(office, case, "choose_what", on(6, 1), chosen_on="2026-06-01", actions=[line])
    sent = {"sent_on": "2026-06-02", "answer": "evidence", "approved": "yes"}
    done(office, case, "agency_evidence/police", on(6, 2), **sent)
    done(office, case, "ask_front_line", on(6, 3), asked_on="2026-06-03", asked=5, know_it=5, work_by_it=4)
    with pytest.raises(Refused, match="which owns the action"):
        carry_out(office, case, c.Complete("verify/1", EMBEDDED), by="Northmoor Police", now=on(9, 1))
    carry_out(office, case, c.Complete("verify/1", EMBEDDED), by=CHAIR, now=on(9, 1))
    assert current(office, case).items["verify/1"].status is Status.DONE
