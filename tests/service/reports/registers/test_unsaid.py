"""A plan from elsewhere is taken in as it is; what it does not say is asked of whoever leads the action, once."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, find
from reviewflow.service.reports.registers.action_lines import Chosen, action_lines
from reviewflow.service.reports.registers.spreadsheet import Taken, rows_of
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import PLANNED, YES, done, on, opened_plan

HEADINGS = {"action": "Action to be taken", "lead": "Lead Agency", "due": "Target date", "milestones": "Key milestones"}
PUBLISHED: list[list[Any]] = [
    ["Multi-agency Action Plan"],
    ["Recommendation", "Action to be taken", "Lead Agency", "Key milestones", "Target date", "Strength", "RAG"],
    [
        "Recommendation 1: review the protocol",
        "Review the current protocol",
        "Northmoor Police\nNorthmoor Education Service",
        "Review it\nTell all parties",
        "By 31/12/2026\nBy 31/01/2027",
        "Strong",
        "Green",
    ],
    [2, "Hold joint sessions", "Northmoor Police", "01/09/2026 First held\n1/12/2026 Second held", "Ongoing", "", ""],
]
SAID = {"kind": "multi_agency", "change": "They are seen sooner", "evidence": "audit"}
UNSAID = {"kind": "", "strength": "", "due": "", "change": "", "evidence": ""}


@pytest.fixture
def headed(office: Workspace) -> Workspace:
    own = office.partnership.model_copy(update={"headings": HEADINGS})
    return Workspace(office.store, office.folder, own_partnership=own)


@pytest.fixture
def taken(headed: Workspace, tmp_path: Path) -> Taken:
    book = openpyxl.Workbook()
    for row in PUBLISHED:
        book.worksheets[0].append(row)
    book.save(tmp_path / "plan.xlsx")
    return rows_of(headed, opened_plan(headed), "plan", tmp_path / "plan.xlsx")


@pytest.fixture
def brought_in(headed: Workspace, taken: Taken) -> str:
    """The plan from elsewhere, taken in and agreed."""
    reference, answers = opened_plan(headed), {**PLANNED, **taken.tables}
    carry_out(headed, reference, c.Complete("plan", answers, brought_in=True), by="tester", now=on(5, 6))
    done(headed, reference, "approve", on(5, 8), **YES)
    return reference


def test_what_it_says_is_taken_in_and_what_it_does_not_say_is_told_and_not_made_up(taken: Taken) -> None:
    first, second = taken.tables["actions"]
    assert (first["lead"], first["contributors"], first["due"]) == ("police", ["education"], "2027-01-31")
    assert {name: second.get(name) or "" for name in UNSAID} == UNSAID
    assert [(line["number"], line["due"]) for line in taken.tables["milestones"]] == [
        (2, "2026-09-01"),
        (2, "2026-12-01"),
    ]
    assert taken.unsaid == (
        "Kind of 2 actions",
        "Expected change of 2 actions",
        "Evidence asked for of 2 actions",
        "Strength of 1 action",
        "Target date of 1 action",
    )
    assert "Row 4: “Ongoing” is no day (due), and is not taken for one." in taken.understood
    assert "Row 3, Key milestones without days: “Review it” and “Tell all parties”. They stand in the plan itself." in (
        taken.left_out
    )


def test_somebody_who_fills_in_the_form_has_to_say_it(headed: Workspace, taken: Taken) -> None:
    with pytest.raises(Refused, match="line 1: change: an answer is needed"):
        done(headed, opened_plan(headed), "plan", on(5, 6), **PLANNED, **taken.tables)


def test_the_lead_is_asked_for_what_is_open_and_for_nothing_that_was_said(headed: Workspace, brought_in: str) -> None:
    case, plan = current(headed, brought_in), headed.plan_and_case(find(headed, brought_in))[0]
    assert (case.items["say_more/1"].due, plan.owner("say_more/1", case)) == (date(2026, 5, 22), "agency:police")
    assert list(plan.form_of("say_more/1", case)) == ["kind", "change", "evidence"]
    assert list(plan.form_of("say_more/2", case)) == ["kind", "strength", "due", "change", "evidence"]
    said = " ".join(str(reason) for reason in why(headed, brought_in, "say_more/1", now=on(5, 11)).reasons)
    assert "does not say yet: “Kind”, “What will be different, and for whom?”, and “What would show it?”." in said
    with pytest.raises(Refused, match='"strength" is not asked here'):
        done(headed, brought_in, "say_more/1", on(5, 12), **SAID, strength="weak")
    with pytest.raises(Refused, match="due: an answer is needed"):
        done(headed, brought_in, "say_more/2", on(5, 12), **SAID, strength="weak")


def test_until_it_is_said_the_register_says_so_and_then_it_counts_as_if_the_plan_had_said_it(
    headed: Workspace, brought_in: str
) -> None:
    first, second = action_lines(headed, Chosen(), now=on(5, 11))
    assert first.why == "not yet said: Kind, Expected change, Evidence asked for"
    assert (second.due, second.rag) == (None, "amber")
    assert second.why == "no day yet; not yet said: Kind, Strength, Target date, Expected change, Evidence asked for"
    assert current(headed, brought_in).items["do_action/2"].due is None
    done(headed, brought_in, "say_more/2", on(5, 12), **SAID, strength="weak", due="2026-10-01")
    assert current(headed, brought_in).items["do_action/2"].due == date(2026, 10, 1)
    _, second = action_lines(headed, Chosen(), now=on(5, 13))
    assert (second.kind, second.strength, second.due) == ("In several agencies", "Weak", date(2026, 10, 1))
    assert (second.change, second.evidence, second.why) == ("They are seen sooner", "An audit", "")


def test_a_plan_that_says_all_of_an_action_asks_nobody(headed: Workspace, plan: str) -> None:
    assert {current(headed, plan).items[f"say_more/{number}"].status for number in (1, 2)} == {Status.NOT_NEEDED}
    said = " ".join(str(reason) for reason in why(headed, plan, "say_more/1", now=on(5, 11)).reasons)
    assert "It is not needed: the plan says all that would be asked." in said
