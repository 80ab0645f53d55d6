"""A running case goes on under another version: what was done stays, what falls away is said."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.commands.migration import make_move, plan_move
from reviewflow.service.records.audit import audit
from reviewflow.service.rehearsal.process_versions import running, version_problems
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import done, opened
from tests.service.conftest import TOY

NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)
HEAD = """language: 1
process: course
version: {version}
title: A course of steps
reference: CO-{{year}}-{{number}}
opening:
  dates: {{agreed: On which day was it agreed?}}
steps:
  plan:
    title: Plan it
    owner: chair
    due: 5 working days after agreed
    form:
      more: {{type: yes_no, label: Is more needed?}}
  hold: {{title: Hold it, after: plan, owner: chair, due: 9 working days after agreed}}
"""
SECOND = """  extra:
    title: Do more
    after: plan
    when: {plan.more: yes}
    owner: chair
    due: 7 working days after agreed
"""


@pytest.fixture
def edited(office: Workspace, tmp_path: Path) -> Workspace:
    """An office whose definitions may be changed, with one case on version 1 of a process."""
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "course.yaml").write_text(HEAD.format(version=1))
    here = Workspace(office.store, folder)
    roles = here.partnership.roles
    assert "chair" in roles
    open_case(here, "course", c.Open({"agreed": NOW.date()}), by="us", now=NOW)
    return here


def changed(office: Workspace, text: str) -> Workspace:
    (office.folder / "processes" / "course.yaml").write_text(text)
    return Workspace(office.store, office.folder)


def test_a_new_step_opens_because_of_an_answer_that_was_given_before(edited: Workspace) -> None:
    carry_out(edited, "CO-2026-001", c.Complete("plan", {"more": "yes"}), by="us", now=NOW)
    later = changed(edited, HEAD.format(version=2) + SECOND)
    move = plan_move(later, "CO-2026-001", reason="more is wanted", now=NOW)
    assert {fate.item: fate.words for fate in move.fates} == {
        "plan": "stays done",
        "hold": "stays owed, due Tue 19 May 2026",
        "extra": "is owed from now on, due Fri 15 May 2026",
    }
    kept = {fate.item: fate.keeps for fate in move.fates}
    assert kept == {"plan": Status.DONE, "hold": None, "extra": None}, "what is owed or changes may not be overlooked"
    assert current(later, "CO-2026-001").version == 1, "to look changes nothing"
    make_move(later, move, by="us", now=NOW)
    case = current(later, "CO-2026-001")
    assert (case.version, case.items["extra"].status, case.items["plan"].answers) == (2, Status.OPEN, {"more": "yes"})
    carry_out(later, "CO-2026-001", c.Complete("extra"), by="us", now=NOW)
    assert audit(later) == (1, [])


def test_what_the_version_does_not_know_falls_away_and_its_history_can_be_read(edited: Workspace) -> None:
    later = changed(edited, HEAD.format(version=2).replace("hold: {title: Hold it", "meet: {title: Meet"))
    carry_out(later, "CO-2026-001", c.Complete("plan", {"more": "no"}), by="us", now=NOW)
    move = plan_move(later, "CO-2026-001", reason="it is called otherwise", now=NOW)
    make_move(later, move, by="us", now=NOW)
    assert current(later, "CO-2026-001").items["hold"].status is Status.WITHDRAWN
    words = " ".join(event.words for event in history(later, "CO-2026-001"))
    assert "Goes on under version 2 of its process, because it is called otherwise." in words
    assert "No longer part of it: Hold it." in words
    assert "Now owed: Meet" in words
    assert [item for item in later.store.items("CO-2026-001") if item[1].item == "hold"] == []
    assert audit(later) == (1, [])


def test_due_days_move_and_say_why(edited: Workspace) -> None:
    later = changed(edited, HEAD.format(version=2).replace("due: 5", "due: 6"))
    move = plan_move(later, "CO-2026-001", reason="a day more", now=NOW)
    assert move.fates[0].words == "stays owed; its due day moves from Wed 13 May 2026 to Thu 14 May 2026"
    assert move.differences[0].words == (
        'Step "plan" (Plan it): due was "5 working days after agreed" and is now "6 working days after agreed".'
    )
    make_move(later, move, by="us", now=NOW)
    assert "because version 2 counts otherwise" in " ".join(event.words for event in history(later, "CO-2026-001"))


def test_a_meeting_of_a_group_moves_what_is_owed_and_a_changed_list_moves_it_again(edited: Workspace) -> None:
    carry_out(edited, "CO-2026-001", c.Complete("plan", {"more": "no"}), by="us", now=NOW)
    partnership = edited.folder / "partnership.yaml"
    group = "{{title: The panel, chair: chair, posts: [chair, partner_police], quorum: all, meets: [{}]}}"
    before, listed = partnership.read_text(), "\ngroups:\n  panel: " + group
    partnership.write_text(before + listed.format("2026-05-06, 2026-05-27, 2026-06-24"))
    rule = "the next meeting of panel after agreed"
    later = changed(edited, HEAD.format(version=2).replace("9 working days after agreed", rule))
    move = plan_move(later, "CO-2026-001", reason="the panel decides", now=NOW)
    assert {fate.item: fate.words for fate in move.fates}["hold"] == (
        "stays owed; its due day moves from Tue 19 May 2026 to Wed 27 May 2026"
    )
    make_move(later, move, by="us", now=NOW)
    partnership.write_text(before + listed.format("2026-05-06, 2026-06-03, 2026-06-24"))
    again = Workspace(later.store, later.folder)
    carry_out(again, "CO-2026-001", c.Recount("the panel meets a week later"), by="us", now=NOW)
    assert str(current(again, "CO-2026-001").items["hold"].due) == "2026-06-03"
    assert audit(again) == (1, [])


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("the first Wednesday after agreed", "Wed 13 May 2026"),
        ("the last working day of the month of agreed", "Fri 29 May 2026"),
        ("the next second Thursday of a month after agreed", "Thu 14 May 2026"),
        ("3 working days after agreed by 17:00", "Mon 11 May 2026, 17:00"),
    ],
)
def test_a_day_that_is_named_or_has_a_time_moves_what_is_owed(edited: Workspace, rule: str, day: str) -> None:
    """From Tuesday 19 May, nine working days after it was agreed."""
    carry_out(edited, "CO-2026-001", c.Complete("plan", {"more": "no"}), by="us", now=NOW)
    later = changed(edited, HEAD.format(version=2).replace("9 working days after agreed", rule))
    move = plan_move(later, "CO-2026-001", reason="another day", now=NOW)
    assert {fate.item: fate.words for fate in move.fates}["hold"] == (
        f"stays owed; its due day moves from Tue 19 May 2026 to {day}"
    )
    assert [each.words for each in move.differences] == [
        f'Step "hold" (Hold it): due was "9 working days after agreed" and is now "{rule}".'
    ]
    make_move(later, move, by="us", now=NOW)
    assert audit(later) == (1, [])


def test_an_answer_that_says_how_long_moves_what_is_owed_once_it_is_given(edited: Workspace) -> None:
    weeks = "label: Is more needed?}\n      weeks: {type: number, label: How long?, at_least: 1, at_most: 9}\n"
    asked = HEAD.format(version=2).replace("label: Is more needed?}\n", weeks)
    rule = "as many weeks after agreed as plan.weeks says"
    later = changed(edited, asked.replace("9 working days after agreed", rule))
    make_move(later, plan_move(later, "CO-2026-001", reason="as long as is planned", now=NOW), by="us", now=NOW)
    carry_out(later, "CO-2026-001", c.Complete("plan", {"more": "no", "weeks": "4"}), by="us", now=NOW)
    assert str(current(later, "CO-2026-001").items["hold"].due) == "2026-06-03"
    assert audit(later) == (1, [])


def test_silence_that_counts_later_and_whom_it_waits_for_hold_for_what_is_owed_already(edited: Workspace) -> None:
    carry_out(edited, "CO-2026-001", c.Complete("plan", {"more": "no"}), by="us", now=NOW)
    silent = HEAD.format(version=2).replace(
        "due: 9 working days after agreed",
        "due: 9 working days after agreed, waits_for: panel, "
        "silence: {counts_as: declined, on: 5 working days after due}",
    )
    later = changed(edited, silent.replace("steps:\n", "outside: {panel: The national Panel}\nsteps:\n"))
    move = plan_move(later, "CO-2026-001", reason="the Panel answers", now=NOW)
    make_move(later, move, by="us", now=NOW)
    assert current(later, "CO-2026-001").items["hold"].due is not None
    for day, status in (("2026-05-26", Status.OPEN), ("2026-05-28", Status.DONE)):
        chase_due_items(later, now=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        assert current(later, "CO-2026-001").items["hold"].status is status
    words = " ".join(event.words for event in history(later, "CO-2026-001"))
    assert "declined" in words


def test_a_ladder_that_a_version_brings_reminds_of_what_is_owed_already(edited: Workspace) -> None:
    carry_out(edited, "CO-2026-001", c.Complete("plan", {"more": "no"}), by="us", now=NOW)
    chased = HEAD.format(version=2).replace("9 working days after agreed", "9 working days after agreed, ladder: clock")
    later = changed(edited, chased)
    make_move(later, plan_move(later, "CO-2026-001", reason="it was forgotten", now=NOW), by="us", now=NOW)
    assert [row.next_chase is not None for _, row in later.store.items("CO-2026-001") if row.item == "hold"] == [True]
    assert chase_due_items(later, now=datetime(2026, 6, 10, 9, tzinfo=UTC)) > 0


def test_nothing_moves_to_the_version_it_has_or_to_one_that_asks_for_more(edited: Workspace) -> None:
    with pytest.raises(Refused, match="already runs this version"):
        plan_move(edited, "CO-2026-001", reason="why", now=NOW)
    asks = HEAD.format(version=2).replace("agreed: On which day was it agreed?", "agreed: When?, told: When told?")
    with pytest.raises(Refused, match="opens with told, which this case does not have"):
        plan_move(changed(edited, asks), "CO-2026-001", reason="why", now=NOW)


def test_a_changed_text_with_an_old_number_is_told(edited: Workspace) -> None:
    later = changed(edited, HEAD.format(version=1).replace("due: 5", "due: 6"))
    [problem] = version_problems(later.store, later.library)
    assert (problem.code, problem.mark.line) == ("PD045", 3)
    assert [(row.definition.process.version, row.open_cases) for row in running(later, "course")] == [
        (1, ("CO-2026-001",))
    ]
    open_case(later, "course", c.Open({"agreed": NOW.date()}), by="us", now=NOW)
    assert [each.code for each in version_problems(later.store, later.library)] == ["PD045"], "once more is not right"
    counted_up = changed(edited, HEAD.format(version=2).replace("due: 5", "due: 6"))
    assert list(version_problems(counted_up.store, counted_up.library)) == []


def test_whoever_owes_it_by_the_new_version_and_whoever_owed_it_hear_so(edited: Workspace) -> None:
    later = changed(edited, HEAD.format(version=2).replace("owner: chair", "owner: business_manager", 1))
    move = plan_move(later, "CO-2026-001", reason="the manager plans it", now=NOW)
    make_move(later, move, by="us", now=NOW)
    told = later.store.notices("CO-2026-001")
    assert {(notice.message, notice.recipient) for notice in told} == {
        ("now_owed", "role:business_manager"),
        ("passed_on", "role:chair"),
    }
    [theirs] = [notice.text for notice in told if notice.message == "now_owed"]
    assert "Wed 13 May 2026" in theirs
    assert {fate.item: fate.words for fate in move.fates}["plan"] == (
        "stays owed, due Wed 13 May 2026; Business manager owes it from now on, and both are told"
    )


def test_what_an_agency_did_before_another_took_its_place_is_not_said_to_be_dropped(edited: Workspace) -> None:
    """No version has a place for it, and no version takes it away."""
    reference = opened(edited)
    done(edited, reference, "agency_return/police", NOW)
    carry_out(edited, reference, c.MergeAgencies("police", "school", "one force"), by="us", now=NOW)
    review = edited.folder / "processes" / "review.yaml"
    review.write_text(review.read_text().replace("version: 1", "version: 2").replace("due: 7 work", "due: 8 work"))
    move = plan_move(Workspace(edited.store, edited.folder), reference, reason="a day more", now=NOW)
    assert [fate.item for fate in move.fates if "police" in fate.item or "no longer" in fate.words] == []
