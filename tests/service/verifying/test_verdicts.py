"""Many actions verified at once: those with evidence by it, the others in full; all of it recorded, or none."""

from collections.abc import Sequence
from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import current, open_case
from reviewflow.service.records.audit import audit
from reviewflow.service.verifying.verdicts import ActionVerdict, Recorded, VerifiedAs, record
from reviewflow.service.verifying.waiting import waiting
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, done_plan, office, on  # noqa: F401 - fixtures

CHAIR = "Chair of the practice review group"
LACKING = {"why": "one team of three uses it", "needed": "the two other teams", "by_when": "2026-11-02"}


def verify(office: Workspace, lines: Sequence[ActionVerdict] = (), *, by: str = CHAIR, key: str = "k") -> Recorded:  # noqa: F811
    found = waiting(office, may=lambda *_: True, now=on(9, 1))
    return record(office, found, lines, by=by, now=on(9, 1), key=key)


def completed(office: Workspace, plan: str) -> list[e.Completed]:  # noqa: F811
    events = (e.decode(row.kind, row.body) for row in office.store.events(plan))
    return [event for event in events if isinstance(event, e.Completed) and event.item.startswith("verify/")]


def test_several_plans_at_once_with_an_entry_of_the_history_for_each_action(office: Workspace) -> None:  # noqa: F811
    one, other = done_plan(office), done_plan(office)
    recorded = verify(office, [ActionVerdict(f"{other}/2", VerifiedAs.NOT, **LACKING)])
    assert recorded.verified == (f"{one}/1", f"{one}/2", f"{other}/1")
    assert recorded.exceptions == (f"{other}/2",)
    assert [event.item for event in completed(office, one)] == ["verify/1", "verify/2"]
    [_, exception] = completed(office, other)
    assert exception.answers["judgement"] == "not_embedded"
    assert {**exception.answers, **exception.said}["why"] == LACKING["why"]
    again = current(office, other).items["do_action/2"]
    assert (again.status, again.due) == (Status.OPEN, date(2026, 11, 2))
    assert audit(office)[1] == []


def test_one_bad_row_refuses_the_whole_and_every_one_is_told(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    before = current(office, plan)
    bad = [
        ActionVerdict(f"{plan}/1", VerifiedAs.NOT, why="one team only", place="Row 2"),
        ActionVerdict(f"{plan}/7", VerifiedAs.EVIDENCED, place="Row 3"),
        ActionVerdict(f"{plan}/2", VerifiedAs.PARTLY, "so", "more", "soon", place="Row 4"),
    ]
    with pytest.raises(Refused) as refused:
        verify(office, bad)
    assert refused.value.reasons[:3] == (
        f"Row 3, {plan}/7: no action of this number waits for its verification here.",
        f"Row 2, {plan}/1: what is still needed is missing.",
        f"Row 2, {plan}/1: by when is missing.",
    )
    assert any(reason.startswith(f"Row 4, {plan}/2: needed_by: ") for reason in refused.value.reasons)
    assert current(office, plan) == before


def test_one_of_a_plan_that_is_the_verifiers_own_refuses_the_whole(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    with pytest.raises(Refused) as refused:
        verify(office, by="Northmoor Police")
    assert [reason.partition(":")[0] for reason in refused.value.reasons] == [f"{plan}/1"]
    assert not completed(office, plan)
    verify(office, [ActionVerdict(f"{plan}/1", VerifiedAs.LATER)], by="Northmoor Police")
    assert [event.item for event in completed(office, plan)] == ["verify/2"]


def test_what_has_no_evidence_waits_and_is_told(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    opening = c.Open({"done": date(2026, 5, 29)}, ("police",))
    case = open_case(office, "action_plan_verification", opening, by="t", now=on(6, 3)).case.reference
    elsewhere = {"plan": "plan of another office", "number": 4, "agency": "police", "claimed": "2026-06-01"}
    here = {"plan": plan, "number": 1, "agency": "police", "claimed": "2026-06-01"}
    done(office, case, "choose_what", on(6, 3), chosen_on="2026-06-03", actions=[here, elsewhere])
    sent = {"sent_on": "2026-06-03", "answer": "evidence", "approved": "yes"}
    done(office, case, "agency_evidence/police", on(6, 3), **sent)
    done(office, case, "ask_front_line", on(6, 3), asked_on="2026-06-03", asked=5, know_it=5, work_by_it=4)
    with pytest.raises(Refused, match=f"{case}/2: no evidence was named"):
        verify(office, [ActionVerdict(f"{case}/2", VerifiedAs.EVIDENCED)])
    recorded = verify(office)
    assert recorded.without_evidence == (f"{case}/2",)
    assert recorded.verified == (f"{plan}/2", f"{case}/1")
    assert [event.verified_in for event in completed(office, plan)] == ["", case]


def test_once_for_its_key(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    found = waiting(office, may=lambda *_: True, now=on(9, 1))
    for _ in range(2):
        record(office, found, [], by=CHAIR, now=on(9, 1), key="the same")
    assert len(completed(office, plan)) == 2
