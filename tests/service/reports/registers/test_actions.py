"""The register of actions, from the events of all cases: states, colours, days that were granted, verification."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.rules.action_colours import ActionState, Colour
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.reports.registers.action_lines import ActionLine, Chosen, action_lines, action_sheet, weak_plans
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, on, opened_plan

EVIDENCE: dict[str, object] = {"result": "as_agreed", "evidence": "audit", "paper": "SharePoint 14"}


def lines(office: Workspace, month: int, day: int, **chosen: object) -> list[ActionLine]:
    return action_lines(office, replace(Chosen(), **chosen), now=on(month, day))  # type: ignore[arg-type]


def verified(judgement: str, day: str) -> dict[str, object]:
    return {
        "verified_on": day,
        "done": "yes",
        "when_done": "in_time",
        "enough": "yes",
        "current": "yes",
        "front_line": "yes",
        "practice": "partly",
        "children": "likely",
        "lasting": "no",
        "outstanding": "no",
        "in_full": "yes",
        "judgement": judgement,
        "why": "the form is used in one team of three",
        "still_needed": "the other two teams",
        "needed_by": "2026-11-01",
        "confidence": "medium",
        "paper": "SharePoint 15",
    }


def carried_out(office: Workspace, plan: str) -> None:
    """The first action done on 1 June, its evidence seen on the 2nd."""
    done(office, plan, "do_action/1", on(6, 1), done_on_day="2026-06-01", **EVIDENCE)
    done(office, plan, "see_evidence/1", on(6, 2), seen_on="2026-06-02", result="shown")


def test_every_action_with_what_its_line_says(office: Workspace, plan: str) -> None:
    [first, second] = lines(office, 5, 11)
    assert (first.number, first.lead, first.recommendation) == (f"{plan}/1", "Northmoor Police", "1")
    assert (first.state, first.rag) == (ActionState.OPEN, Colour.GREEN)
    assert (second.strength, second.evidence, second.due) == ("Weak", "Figures", date(2026, 6, 10))
    [overdue] = lines(office, 6, 11, state=ActionState.OVERDUE)
    assert (overdue.number, overdue.rag) == (f"{plan}/2", Colour.RED)
    assert lines(office, 5, 11, agency="police") == [first]


def test_silence_is_red_and_news_is_not(office: Workspace, plan: str) -> None:
    assert [line.rag for line in lines(office, 6, 8)] == [Colour.RED, Colour.RED]
    done(office, plan, "update/1", on(6, 8), looked_on="2026-06-05", standing="on_track")
    assert [line.rag for line in lines(office, 6, 8)] == [Colour.GREEN, Colour.RED]


def test_a_granted_day_is_amber_and_the_first_day_stays(office: Workspace, plan: str) -> None:
    extension = c.Extend("do_action/1", date(2026, 10, 1), "review_group_chair", "the form is late")
    carry_out(office, plan, extension, by="tester", now=on(5, 20))
    [first, _] = lines(office, 5, 21)
    assert (first.due, first.original_due, first.rag) == (date(2026, 10, 1), date(2026, 9, 1), Colour.AMBER)
    assert first.extended_by == "Chair of the practice review group, to Thu 1 Oct 2026: the form is late"


def test_done_is_not_closed_and_not_embedded_opens_it_again(office: Workspace, plan: str) -> None:
    carried_out(office, plan)
    [first, _] = lines(office, 7, 1)
    assert (first.state, first.rag, first.verification_days) == (ActionState.BEING_VERIFIED, Colour.GREEN, 30)
    done(office, plan, "verify/1", on(9, 1), **verified("not_embedded", "2026-09-01"))
    [first, _] = lines(office, 9, 2)
    assert (first.state, first.rag, first.judgement) == (ActionState.REOPENED, Colour.AMBER, "not embedded")
    assert (first.due, first.original_due) == (date(2026, 11, 1), date(2026, 9, 1))
    done(office, plan, "do_action/1", on(9, 20), done_on_day="2026-09-20", **EVIDENCE)
    done(office, plan, "see_evidence/1", on(9, 21), seen_on="2026-09-21", result="shown")
    done(office, plan, "verify/1", on(12, 1), **verified("embedded", "2026-12-01"))
    [first, _] = lines(office, 12, 2)
    assert (first.state, first.rag, first.verified) == (ActionState.VERIFIED, Colour.BLUE, date(2026, 12, 1))
    assert first.verification_days == 92


def test_a_plan_that_a_joint_review_opened_serves_every_board(office: Workspace) -> None:
    days = {"decision": date(2026, 5, 4), "panel_responded": date(2026, 5, 4)}
    wanted = office.definition("joint_child_adult").process.opening.dates
    opening = c.Open({name: days.get(name, date(2026, 5, 4)) for name in wanted}, ("police", "education"))
    joint = open_case(office, "joint_child_adult", opening, by="tester", now=on(5, 5)).case.reference
    carry_out(
        office,
        joint,
        c.Link("joint_with", "SAR-2026-009", "one review of both boards", outside=True),
        by="t",
        now=on(5, 5),
    )
    plan = opened_plan(office, origin=joint)
    other = opened_plan(office)
    for each in (plan, other):
        line = {"recommendation": 1, "action": f"Plan {each}", "kind": "national", "strength": "weak", "lead": "police"}
        line |= {"due": "2026-08-03", "change": "Something", "evidence": "data"}
        done(office, each, "plan", on(5, 6), agreed_on="2026-05-06", repeats="no", paper="SP 1", actions=[line])
    assert {line.case for line in lines(office, 5, 7, cases=(joint,))} == {plan}
    assert {line.case for line in lines(office, 5, 7, cases=(joint, other))} == {plan, other}
    assert [line.follows for line in lines(office, 5, 7, cases=(plan,))] == [joint]
    assert weak_plans(office, ()) == [plan, other]


def test_an_agency_that_there_is_none_of(office: Workspace, plan: str) -> None:
    with pytest.raises(UserError, match="polise"):
        lines(office, 5, 11, agency="polise")


def test_the_sheet_has_the_headings_of_the_office(office: Workspace, plan: str) -> None:
    own = office.partnership.model_copy(update={"headings": {"lead": "Lead agency"}})
    renamed = Workspace(office.store, office.folder, own_partnership=own)
    sheet = action_sheet(renamed, lines(renamed, 5, 11))
    assert sheet.columns[7] == "Lead agency"
    assert sheet.rows[0][7] == "Northmoor Police"
