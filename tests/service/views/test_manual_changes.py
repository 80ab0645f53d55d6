"""What a manager may change by hand: every choice that a form offers stands for a command."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.answers.case_change import change_case
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.commands.ticking import TickOff
from reviewflow.service.views.manual_changes import choices, command, form, posts
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.listed import listed

NOW = at(5)


def chosen(office: Workspace, reference: str, change: str, **answers: str) -> c.Command | TickOff:
    given: Mapping[str, object] = {"change": change, "reason": "it is so agreed", **answers}
    return command(
        reference, given, choices(office, find(office, reference), now=NOW), posts(office, find(office, reference))
    )


def test_every_choice_of_the_form_stands_for_a_command(office: Workspace, reference: str) -> None:
    possible = choices(office, find(office, reference), now=NOW)
    assert list(possible) == [
        "Record together as done: Speak at once and Write the report (Chair of the review group)",
        "Start a step: Meet again",
        "Hold: A court",
        "Set a date: Publication",
        "Correct a day: When did somebody become aware?",
        "Correct a day: On which day was it decided?",
        "Give more time: Speak at once",
        "Give more time: Draw up the plan",
        "Give more time: Choose the method",
        "Give more time: Write the report",
        "Give more time: Look at it",
        "Give more time: The answer of the Panel",
        "Go on without: Speak at once",
        "Go on without: Draw up the plan",
        "Go on without: Choose the method",
        "Go on without: Write the report",
        "Go on without: Look at it",
        "Go on without: The answer of the Panel",
        "Record an answer to a reminder: Speak at once",
        "Record an answer to a reminder: Draw up the plan",
        "Record an answer to a reminder: Choose the method",
        "Record an answer to a reminder: Write the report",
        "Record an answer to a reminder: Look at it",
        "Record an answer to a reminder: The answer of the Panel",
        "Delegate: What the Chair of the review group owes in this case",
        "Delegate: What the Business manager owes in this case",
        "Delegate: What the Business support officer owes in this case",
        "End the case: The criteria are not met",
        "Add an agency: Education service",
    ]
    asked = form(reference, possible, posts(office, find(office, reference)))
    assert asked["properties"]["change"]["enum"] == list(possible)
    assert asked["required"] == ["change", "reason", "answered_by"]
    assert asked["properties"]["reason"]["description"].endswith("the history says that and not why.")
    together = chosen(office, reference, next(iter(possible)), day="2026-05-06")
    assert together == TickOff("chair", date(2026, 5, 6))
    assert chosen(office, reference, "Start a step: Meet again") == c.OpenStep("again", "it is so agreed")
    assert chosen(office, reference, "Hold: A court", post="Business manager", day="2026-06-01") == c.Hold(
        "court", "it is so agreed", "Business manager", date(2026, 6, 1), "business_manager"
    )
    more = chosen(office, reference, "Give more time: Draw up the plan", day="2026-06-01", post="Business manager")
    assert more == c.Extend("plan", date(2026, 6, 1), "business_manager", "it is so agreed")
    assert chosen(office, reference, "Go on without: Draw up the plan") == c.Skip("plan", "it is so agreed")
    assert chosen(office, reference, "End the case: The criteria are not met") == c.End("not_met", "it is so agreed")


def test_what_is_held_can_be_looked_at_and_released(office: Workspace, reference: str) -> None:
    carry_out(office, reference, chosen(office, reference, "Hold: A court"), by=BY, now=NOW)
    assert chosen(office, reference, "Release: A court") == c.Release("court", "it is so agreed")
    assert chosen(office, reference, "Looked at, and stays held: A court") == c.Hold("court", "it is so agreed")
    with pytest.raises(Refused, match="the case has moved on"):
        chosen(office, reference, "Hold: A court")


def test_a_clock_that_was_not_met_is_explained(office: Workspace, reference: str) -> None:
    late, later = opened(office), at(30, month=7)
    possible = choices(office, find(office, late), now=later)
    [change] = [each for each in possible if each.startswith("Say why it is late")]
    explained = command(
        late, {"change": change, "reason": "a trial was listed"}, possible, posts(office, find(office, reference))
    )
    assert isinstance(explained, c.RecordBreach)
    assert carry_out(office, late, explained, by=BY, now=later).events


@pytest.mark.parametrize(
    ("change", "answers", "said"),
    [
        ("Set a date: Publication", {}, "A day is needed"),
        ("Set a date: Publication", {"day": "soon"}, "To which day"),
        ("Give more time: Draw up the plan", {"day": "2026-06-01"}, "the post that grants it is needed"),
        ("Stop everything", {}, "the case has moved on"),
    ],
)
def test_what_is_missing_is_said(
    office: Workspace, reference: str, change: str, answers: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        chosen(office, reference, change, **answers)


def test_a_case_that_is_over_leaves_no_choice(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.End("not_met", "agreed"), by=BY, now=NOW)
    with pytest.raises(Refused, match="cannot be changed any more: it is ended"):
        choices(office, find(office, reference), now=NOW)


def test_what_was_done_can_be_owed_again_by_a_day_of_its_own(office: Workspace) -> None:
    review = opened(office)
    change = "Owe again: Agency return · Police"
    assert change not in choices(office, find(office, review), now=NOW)
    done(office, review, "agency_return/police", NOW)
    assert chosen(office, review, change) == c.Reopen("agency_return/police", "it is so agreed")
    again = chosen(office, review, change, day="2026-05-20")
    assert again == c.Reopen("agency_return/police", "it is so agreed", date(2026, 5, 20))
    owed = carry_out(office, review, again, by=BY, now=NOW).case.items["agency_return/police"]
    assert (owed.due, owed.round) == (date(2026, 5, 20), 2)


def test_what_was_recorded_and_never_done_is_said_in_the_form(office: Workspace) -> None:
    review = opened(office)
    ahead = form(review, choices(office, find(office, review), now=NOW), {})
    assert "done_before" not in ahead["properties"]
    done(office, review, "agency_return/police", NOW)
    asked = form(review, choices(office, find(office, review), now=NOW), {})["properties"]["done_before"]
    really, never = asked["enum"]
    change = "Owe again: Agency return · Police"
    assert chosen(office, review, change, done_before=never) == c.Reopen(
        "agency_return/police", "it is so agreed", never_done=True
    )
    assert chosen(office, review, change, done_before=really) == c.Reopen("agency_return/police", "it is so agreed")


def test_another_of_the_calendars_that_the_process_offers_can_be_chosen(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(office.folder, folder)
    review = folder / "processes" / "review.yaml"
    asks = "calendar: chosen\nopening:\n  calendar: [england, wales, scotland]\n"
    review.write_text(review.read_text(encoding="utf-8").replace("opening:\n", asks, 1), encoding="utf-8")
    workspace = Workspace(office.store, folder)
    opening = c.Open({"notified": NOTIFIED}, ("police",), calendar="england")
    reference = open_case(workspace, "review", opening, by=BY, now=NOW).case.reference
    change, other = (
        f"Count in another calendar: {land}: its bank holidays alone are left out, and no closure of the office"
        for land in ("Scotland", "England")
    )
    assert other not in choices(workspace, find(workspace, reference), now=NOW)
    corrected = chosen(workspace, reference, change)
    assert corrected == c.CorrectCalendar("scotland", "it is so agreed")
    assert carry_out(workspace, reference, corrected, by=BY, now=NOW).case.calendar == "scotland"


LISTED = listed('{who: {type: agencies, label: "Who is asked?"}}', "for_each: book.who, owner: each")


def test_somebody_is_put_on_a_list_that_was_made_and_taken_off_it(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(office.folder, folder)
    (folder / "processes" / "listed.yaml").write_text(LISTED, encoding="utf-8")
    workspace = Workspace(office.store, folder)
    opening = c.Open({"notified": NOTIFIED}, ("police", "health"))
    reference = open_case(workspace, "listed", opening, by=BY, now=NOW).case.reference
    assert not [each for each in choices(workspace, find(workspace, reference), now=NOW) if "list" in each]
    carry_out(workspace, reference, c.Complete("book", {"who": "police"}), by=BY, now=NOW)
    offered = [each for each in choices(workspace, find(workspace, reference), now=NOW) if "list" in each]
    assert [each.partition(":")[0] for each in offered] == ["Put on a list", "Take off a list", "Replace on a list"]
    with pytest.raises(Refused, match="Who goes on for them is needed"):
        chosen(workspace, reference, offered[2])
    instead = offered[0].partition(": ")[2]
    replaces = chosen(workspace, reference, offered[2], instead=instead)
    assert replaces == c.ChangeMembers("book.who", "health", "police", "it is so agreed")
    asked = form(reference, choices(workspace, find(workspace, reference), now=NOW), {})
    assert asked["properties"]["instead"]["enum"] == [instead]
    joins = chosen(workspace, reference, offered[0])
    assert joins == c.ChangeMembers("book.who", "health", "", "it is so agreed")
    carry_out(workspace, reference, joins, by=BY, now=NOW)
    _, leaves = [each for each in choices(workspace, find(workspace, reference), now=NOW) if "off a list" in each]
    left = carry_out(workspace, reference, chosen(workspace, reference, leaves), by=BY, now=NOW).case
    assert left.items["advise/health"].status is Status.WITHDRAWN


GROWING = listed(
    '{lines: {type: rows, label: "What came?", grows: yes, columns: {who: {type: agency, label: Whose}}}}',
    "for_each: book.lines, owner: each.who",
)


def test_a_line_of_a_table_that_grows_is_withdrawn(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(office.folder, folder)
    (folder / "processes" / "listed.yaml").write_text(GROWING, encoding="utf-8")
    workspace = Workspace(office.store, folder)
    opening = c.Open({"notified": NOTIFIED}, ("police", "health"))
    reference = open_case(workspace, "listed", opening, by=BY, now=NOW).case.reference
    lines = [{"who": "police"}, {"who": "health"}]
    carry_out(workspace, reference, c.Complete("book", {"lines": lines, "more_to_come": "yes"}), by=BY, now=NOW)
    offered = [each for each in choices(workspace, find(workspace, reference), now=NOW) if "Withdraw" in each]
    assert [each.partition(" of ")[0] for each in offered] == ["Withdraw: line 1", "Withdraw: line 2"]
    withdraws = chosen(workspace, reference, offered[1])
    assert withdraws == c.WithdrawLine("book.lines", 2, "it is so agreed")
    left = carry_out(workspace, reference, withdraws, by=BY, now=NOW).case
    assert left.items["book"].answers == {"lines": [{"who": "police"}, {}]}
    offered = [each for each in choices(workspace, find(workspace, reference), now=NOW) if "Withdraw" in each]
    assert [each.partition(" of ")[0] for each in offered] == ["Withdraw: line 1"]


def test_an_answer_a_day_and_an_agency_are_recorded_by_hand(office: Workspace, reference: str) -> None:
    said = chosen(office, reference, "Record an answer to a reminder: Draw up the plan", answer="needs more time")
    assert said == c.Respond("plan", "need_more_time", "it is so agreed", None)
    with pytest.raises(Refused, match="What was answered is needed"):
        chosen(office, reference, "Record an answer to a reminder: Draw up the plan")
    day = chosen(office, reference, "Correct a day: On which day was it decided?", day="2026-05-04")
    assert day == c.CorrectDate("decided", date(2026, 5, 4), "it is so agreed")
    with pytest.raises(Refused, match="A day is needed"):
        chosen(office, reference, "Correct a day: On which day was it decided?")
    assert chosen(office, reference, "Add an agency: Education service") == c.AddAgency("school")


def test_the_day_on_which_work_was_done_is_corrected(office: Workspace) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/police", NOW)
    command = chosen(office, reference, "Correct a day: Agency return · Police: done", day="2026-05-04")
    assert command == c.CorrectDate("agency_return/police", date(2026, 5, 4), "it is so agreed")


def test_the_limits_of_another_case_are_met_here_too(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    offered = [change for change in choices(office, find(office, first), now=NOW) if change.startswith("Meet here")]
    assert offered == [f"Meet here too the time limits of: {second}"]
    answers = {"change": offered[0], "reason": "it is so agreed", "answered_by": "Business manager"}
    assert change_case(office, first, answers, key="k", now=NOW).name == "Done"
    assert set(office.plan_and_case(find(office, first))[1].joined) == {second}
