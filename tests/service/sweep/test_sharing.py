"""Cases that are treated together: what is done in the one that leads is done in all, and what is theirs is not."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.commands.migration import make_move, plan_move
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.case_glances import case_glances
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.history import warnings
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import BY, at
from tests.service.delivery.letters import post
from tests.service.panels import GROUP

TOY = Path(__file__).parent.parent.parent / "toy"
PROCESS = """
language: 1
process: panel
version: 1
title: A panel
reference: PAN-{year}-{number}
opening:
  dates: {asked: On which day was it asked for?}
  agencies: at least 1
holds:
  trial: {title: A trial, stops: [book, meeting], send: reminder}
steps:
  book:
    title: Fix the day
    owner: business_support
    due: 2 working days after asked
    ladder: nudges
    together: joint_with
    form:
      meets_on: {type: date, label: On which day does it meet?}
      members: {type: choices, members_of: panel, label: Who is invited?}
  invite:
    title: Invite them
    after: book
    for_each: book.members
    send: invitation
    about: coming
    together: joint_with
  coming:
    title: Say whether you come
    after: invite
    for_each: book.members
    owner: each
    due: 2 working days before book.meets_on
    silence: counts as no answer
    ladder: nudges
    invites_to: meeting
    together: joint_with
    form:
      coming: {type: choice, label: Do you come?, options: {in_person: I come, apologies: I send apologies}}
  meeting:
    title: Hold the panel
    after: book
    owner: chair
    due: on book.meets_on
    form:
      decided: {type: yes_no, label: Was it decided?}
    reopens:
      book: {when: {decided: no}}
"""
INVITATION = """
language: 1
message: invitation
subject: "Meeting on {meets}: {reference}"
text: "{reference} {together}: a meeting on {meets}. Tell us by {due}, {owner}: {answer}"
"""
LADDER = """
  nudges:
    title: Nudges
    rungs:
      - {when: 1 working day before, to: owner, message: reminder}
"""
LEADS, FOLLOWS = "PAN-2026-001", "PAN-2026-002"
BOOKED: dict[str, object] = {"meets_on": "2026-05-19", "members": "all"}


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    with (folder / "partnership.yaml").open("a") as partnership:
        partnership.write(GROUP)
    with (folder / "ladders.yaml").open("a") as ladders:
        ladders.write(LADDER)
    (folder / "processes" / "panel.yaml").write_text(PROCESS)
    (folder / "messages" / "invitation.yaml").write_text(INVITATION)
    store = open_store(database_url)
    store.migrate()
    workspace = Workspace(store, folder)
    for agencies in (("police", "school"), ("police",)):
        open_case(workspace, "panel", c.Open({"asked": date(2026, 5, 5)}, agencies), by=BY, now=at(5))
    yield workspace
    store.close()


def do(office: Workspace, reference: str, command: c.Command, now: datetime) -> None:
    carry_out(office, reference, command, by=BY, now=now)
    swept(office, now)


def swept(office: Workspace, now: datetime) -> None:
    """Until nothing more is to be carried over, which is soon."""
    chase_due_items(office, now=now)
    for _ in range(3):
        run_automatic_steps(office, now=now)
    assert office.store.due_jobs("9999", 9) == []
    assert office.store.troubles() == []


def linked(office: Workspace, now: datetime) -> None:
    do(office, FOLLOWS, c.Link("joint_with", LEADS, "the same family"), now)


def state(office: Workspace, item: str, reference: str = FOLLOWS) -> Status:
    known = current(office, reference).items.get(item)
    return known.status if known else Status.PENDING


def letters(office: Workspace, reference: str, message: str) -> list[str]:
    return [notice.recipient for notice in office.store.notices(reference) if notice.message == message]


def test_what_is_booked_is_booked_for_both_and_each_is_invited_once(office: Workspace) -> None:
    linked(office, at(5))
    case = current(office, FOLLOWS)
    assert case.led == dict.fromkeys(("book", "invite", "coming"), LEADS)
    with pytest.raises(Refused, match=f'"book" is done in {LEADS}, for this case too'):
        carry_out(office, FOLLOWS, c.Complete("book", BOOKED), by=BY, now=at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    case = current(office, FOLLOWS)
    assert case.items["meeting"].due == date(2026, 5, 19)
    assert case.items["meeting"].status is Status.OPEN
    assert len(letters(office, LEADS, "invitation")) == 4
    assert letters(office, FOLLOWS, "invitation") == []
    texts = {notice.recipient: notice.text for notice in office.store.notices(LEADS) if notice.message == "invitation"}
    assert f"{LEADS} together with {FOLLOWS}: a meeting" in texts["role:chair"]
    assert f"{LEADS}: a meeting" in texts["agency:school:contact"], "it takes no part in the other case"


def test_an_answer_to_the_invitation_counts_in_both_and_each_decides_for_itself(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("coming/chair", {"coming": "apologies"}), at(7))
    assert (
        current(office, FOLLOWS).items["coming/chair"].answers == current(office, LEADS).items["coming/chair"].answers
    )
    assert state(office, "coming/partner_police") is Status.OPEN
    do(office, LEADS, c.Complete("meeting", {"decided": "yes"}), at(19))
    assert state(office, "meeting") is Status.OPEN
    assert current(office, LEADS).status == "closed"
    case = current(office, FOLLOWS)
    assert case.items["coming/partner_police"].counted_as == "no answer"
    assert case.led == {}
    do(office, FOLLOWS, c.Complete("meeting", {"decided": "yes"}), at(19))
    assert current(office, FOLLOWS).status == "closed"
    assert letters(office, FOLLOWS, "meeting_stands") == []


def test_nobody_is_chased_twice(office: Workspace) -> None:
    linked(office, at(5))
    swept(office, at(6, 20))
    assert letters(office, LEADS, "reminder") == ["role:business_support"]
    assert letters(office, FOLLOWS, "reminder") == []


def test_what_is_done_in_another_case_is_owed_and_late_there_alone(office: Workspace) -> None:
    linked(office, at(5))
    now = at(12)
    assert {reference for reference, line in due_lines(office, now=now, days=9) if line.item == "book"} == {LEADS}
    glances = {glance.reference: glance.overdue for glance in case_glances(office, office.store.cases(None), now=now)}
    assert glances == {LEADS: 1, FOLLOWS: 0}
    row = next(row for row in office.store.cases(None) if row.reference == FOLLOWS)
    line = item_line(office.context(row, now), "book")
    assert (line.standing, line.days, line.together) == ("Waiting", "", f"To be done in {LEADS}, for this case too")


def test_booked_anew_by_hand_it_is_booked_anew_in_both_but_not_where_a_case_has_gone_on(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Reopen("book", "the room is not free"), at(7))
    assert state(office, "book") is Status.OPEN
    assert current(office, FOLLOWS).led["book"] == LEADS
    do(office, LEADS, c.Complete("book", {**BOOKED, "meets_on": "2026-05-26"}), at(8))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 26)
    do(office, FOLLOWS, c.Complete("meeting", {"decided": "yes"}), at(26))
    do(office, LEADS, c.Reopen("book", "nobody came"), at(27))
    assert state(office, "meeting") is Status.DONE


def test_a_meeting_that_is_adjourned_in_one_case_is_not_so_in_the_other(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("meeting", {"decided": "no"}), at(19))
    assert state(office, "book", LEADS) is Status.OPEN
    assert state(office, "book") is Status.DONE
    # Adjourned as well, it is booked where the first is; it takes no answer of its own.
    do(office, FOLLOWS, c.Complete("meeting", {"decided": "no"}), at(19))
    assert current(office, FOLLOWS).led["book"] == LEADS
    do(office, LEADS, c.Complete("book", {**BOOKED, "meets_on": "2026-06-02"}), at(20))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 6, 2)
    # Adjourned alone, it is booked here.
    do(office, FOLLOWS, c.Complete("meeting", {"decided": "no"}), at(2, month=6))
    assert current(office, FOLLOWS).led.get("book") is None
    do(office, FOLLOWS, c.Complete("book", {**BOOKED, "meets_on": "2026-06-09"}), at(3, month=6))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 6, 9)


def test_what_joins_after_the_booking_is_booked_too(office: Workspace) -> None:
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    linked(office, at(11))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 19)


def test_whoever_had_answered_before_a_case_joined_hears_of_it(office: Workspace) -> None:
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("coming/partner_police", {"coming": "in_person"}), at(7))
    linked(office, at(11))
    told = ["role:chair", "role:partner_health", "role:partner_police"]
    assert sorted(letters(office, FOLLOWS, "meeting_stands")) == told
    do(office, LEADS, c.Complete("coming/chair", {"coming": "in_person"}), at(12))
    assert sorted(letters(office, FOLLOWS, "meeting_stands")) == told, "each hears of it once"


def test_a_case_that_joins_after_the_booking_invites_nobody_to_answer_where_it_is_refused(office: Workspace) -> None:
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    linked(office, at(11))
    assert letters(office, FOLLOWS, "invitation") == []
    invited = ["role:chair", "role:partner_health", "role:partner_police"]
    assert sorted(letters(office, FOLLOWS, "meeting_stands")) == invited, "the school takes no part in it"
    assert current(office, FOLLOWS).led == {"coming": LEADS}
    do(office, LEADS, c.Complete("coming/chair", {"coming": "in_person"}), at(12))
    assert state(office, "coming/chair") is Status.DONE
    assert len(letters(office, FOLLOWS, "meeting_stands")) == len(invited)


def test_who_answers_in_each_case_is_invited_by_each_also_after_the_booking(office: Workspace) -> None:
    file = office.folder / "processes" / "panel.yaml"
    own = "    invites_to: meeting\n    together: joint_with\n"
    text = file.read_text().replace(own, own.splitlines(keepends=True)[0]).replace("process: panel", "process: sitting")
    (file.parent / "sitting.yaml").write_text(text.replace("PAN-", "SIT-"))
    both = Workspace(office.store, office.folder)
    opening = c.Open({"asked": date(2026, 5, 5)}, ("police",))
    leads, follows = (open_case(both, "sitting", opening, by=BY, now=at(5)).case.reference for _ in range(2))
    do(both, leads, c.Complete("book", {**BOOKED, "members": "chair"}), at(6))
    do(both, follows, c.Link("joint_with", leads, "the same family"), at(11))
    assert letters(both, follows, "invitation") == ["role:chair"]
    do(both, follows, c.Complete("coming/chair", {"coming": "in_person"}), at(12))
    assert state(both, "coming/chair", follows) is Status.DONE


@pytest.mark.parametrize("is_held", [True, False])
def test_a_case_that_is_linked_with_one_that_is_over_books_for_itself(office: Workspace, is_held: bool) -> None:
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("coming/chair", {"coming": "in_person"}), at(7))
    over = c.Complete("meeting", {"decided": "yes"}) if is_held else c.Withdraw("it was another family")
    do(office, LEADS, over, at(19))
    do(office, FOLLOWS, c.Link("joint_with", LEADS, "the same family"), at(20))
    assert current(office, FOLLOWS).taken == {}
    assert state(office, "book") is Status.OPEN
    assert letters(office, FOLLOWS, "meeting_stands") == []


def test_whoever_was_invited_hears_that_a_case_stands_whose_leader_is_gone(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("coming/chair", {"coming": "in_person"}), at(7))
    do(office, LEADS, c.Withdraw("it was another family"), at(8))
    case = current(office, FOLLOWS)
    assert case.items["meeting"].due == date(2026, 5, 19)
    assert case.led == {}
    invited = ["role:chair", "role:partner_police", "role:partner_health"]
    assert sorted(letters(office, FOLLOWS, "meeting_stands")) == sorted(invited), "answered or not; the school not"
    assert state(office, "coming/partner_police") is Status.OPEN


def test_a_case_that_leaves_keeps_its_day_and_goes_on_alone(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, FOLLOWS, c.Unlink(LEADS, "it is treated by itself"), at(7))
    do(office, LEADS, c.Reopen("book", "the room is not free"), at(8))
    case = current(office, FOLLOWS)
    assert case.items["meeting"].due == date(2026, 5, 19)
    assert current(office, LEADS).leads == {}
    do(office, FOLLOWS, c.Complete("coming/chair", {"coming": "in_person"}), at(8))
    assert state(office, "coming/chair") is Status.DONE


def test_a_hold_in_the_case_that_leads_holds_up_no_other(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Hold("trial", "a trial is listed"), at(5))
    assert current(office, FOLLOWS).led.get("book") is None
    do(office, FOLLOWS, c.Complete("book", BOOKED), at(6))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 19)
    do(office, LEADS, c.Release("trial", "it is over"), at(7))
    do(office, LEADS, c.Complete("book", {**BOOKED, "meets_on": "2026-05-26"}), at(7))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 19), "it was booked here"


def test_a_hold_in_the_case_that_follows_keeps_what_is_booked_until_it_is_released(office: Workspace) -> None:
    linked(office, at(5))
    do(office, FOLLOWS, c.Hold("trial", "a trial is listed"), at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    assert state(office, "book") is Status.OPEN
    do(office, FOLLOWS, c.Release("trial", "it is over"), at(7))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 19)


def test_two_cases_that_are_linked_both_ways_do_not_wait_for_each_other(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Link("joint_with", FOLLOWS, "the same family"), at(5))
    assert current(office, LEADS).led == {}
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    assert current(office, FOLLOWS).items["meeting"].due == date(2026, 5, 19)
    assert state(office, "meeting", LEADS) is Status.OPEN


def in_version_two(office: Workspace, *cut: str) -> Workspace:
    """The office after its process was changed."""
    file = office.folder / "processes" / "panel.yaml"
    text = file.read_text().replace("version: 1", "version: 2")
    for words in cut:
        text = text.replace(words, "")
    file.write_text(text)
    return Workspace(office.store, office.folder)


def moved(office: Workspace, reference: str, now: datetime) -> None:
    make_move(office, plan_move(office, reference, reason="the process was changed", now=now), by=BY, now=now)
    swept(office, now)


def test_a_case_that_leads_no_more_by_its_new_version_leaves_the_others_alone(office: Workspace) -> None:
    linked(office, at(5))
    later = in_version_two(office, "    together: joint_with\n")
    moved(later, LEADS, at(6))
    assert current(later, FOLLOWS).led == {}
    do(later, FOLLOWS, c.Complete("book", BOOKED), at(6))
    assert state(later, "book", LEADS) is Status.OPEN


def test_a_case_goes_by_the_one_that_leads_from_its_new_version_on(office: Workspace) -> None:
    file = office.folder / "processes" / "panel.yaml"
    text = file.read_text()
    file.write_text(text.replace("    together: joint_with\n", "").replace("PAN-", "OLD-"))
    alone = Workspace(office.store, office.folder)
    reference = open_case(alone, "panel", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(5))
    old = reference.case.reference
    do(alone, old, c.Link("joint_with", LEADS, "the same family"), at(5))
    assert current(alone, old).led == {}
    file.write_text(text)
    later = in_version_two(office)
    moved(later, old, at(6))
    assert current(later, old).led["book"] == LEADS
    assert current(later, LEADS).leads == {old: ("police",)}


def heard_together(office: Workspace) -> tuple[Workspace, str, str]:
    """Two cases whose meeting itself is done once for both, linked."""
    text = PROCESS.replace("process: panel", "process: sitting").replace("PAN-", "SIT-")
    held = text.replace("    due: on book.meets_on\n", "    due: on book.meets_on\n    together: joint_with\n")
    (office.folder / "processes" / "sitting.yaml").write_text(held)
    both = Workspace(office.store, office.folder)
    opening = c.Open({"asked": date(2026, 5, 5)}, ("police",))
    leads, follows = (open_case(both, "sitting", opening, by=BY, now=at(5)).case.reference for _ in range(2))
    do(both, follows, c.Link("joint_with", leads, "the same family"), at(5))
    return both, leads, follows


def test_a_meeting_that_is_held_together_is_adjourned_in_all(office: Workspace) -> None:
    both, leads, follows = heard_together(office)
    do(both, leads, c.Complete("book", BOOKED), at(6))
    # No sweep between what they say and the meeting: both are carried over in their order.
    carry_out(both, leads, c.Complete("coming/chair", {"coming": "in_person"}), by=BY, now=at(7))
    do(both, leads, c.Complete("meeting", {"decided": "no"}), at(19))
    case = current(both, follows)
    assert [state(both, item, follows) for item in ("book", "meeting")] == [Status.OPEN, Status.PENDING]
    assert [case.items[item].due for item in ("book", "meeting")] == [
        current(both, leads).items[item].due for item in ("book", "meeting")
    ]
    assert case.led["book"] == leads
    do(both, leads, c.Complete("book", {**BOOKED, "meets_on": "2026-06-02"}), at(20))
    assert current(both, follows).items["meeting"].due == date(2026, 6, 2)
    do(both, leads, c.Complete("meeting", {"decided": "yes"}), at(2, month=6))
    assert current(both, follows).status == "closed"


def test_what_was_reopened_by_hand_before_it_was_carried_over_waits_for_what_is_done_anew(office: Workspace) -> None:
    both, leads, follows = heard_together(office)
    carry_out(both, leads, c.Complete("book", BOOKED), by=BY, now=at(6))
    do(both, leads, c.Reopen("book", "the room is not free"), at(6))
    assert state(both, "book", follows) is Status.OPEN
    assert "book" not in current(both, follows).taken


def test_agencies_of_the_other_case_alone_are_left_out_and_it_says_where_none_is_left(office: Workspace) -> None:
    text = PROCESS.replace("process: panel", "process: sitting").replace("PAN-", "SIT-")
    text = text.replace(
        "{type: choices, members_of: panel, label: Who is invited?}", "{type: agencies, label: Who comes}"
    )
    (office.folder / "processes" / "sitting.yaml").write_text(text)
    both = Workspace(office.store, office.folder)
    openings = [c.Open({"asked": date(2026, 5, 5)}, agencies) for agencies in (("police", "school"), ("police",))]
    leads, follows = (open_case(both, "sitting", way, by=BY, now=at(5)).case.reference for way in openings)
    do(both, follows, c.Link("joint_with", leads, "the same family"), at(5))
    do(both, leads, c.Complete("book", {"meets_on": "2026-05-19", "members": "police,school"}), at(6))
    assert current(both, follows).items["book"].answers["members"] == ["police"]
    do(both, leads, c.Complete("coming/school", {"coming": "in_person"}), at(7))
    do(both, leads, c.Reopen("book", "the room is not free"), at(7))
    carry_out(both, leads, c.Complete("book", {"meets_on": "2026-05-26", "members": "school"}), by=BY, now=at(8))
    run_automatic_steps(both, now=at(8))
    assert [trouble.key.endswith(f" of {follows}") for trouble in both.store.troubles()] == [True]
    said = " ".join(reason.words for reason in why(both, follows, "book", now=at(8)).reasons)
    assert f"members: none of those named in {leads} takes part in {follows}." in said
    assert f"reviewflow agency {follows} --add" in said
    carry_out(both, follows, c.AddAgency("school"), by=BY, now=at(8))
    swept(both, at(9))
    assert state(both, "coming/school", follows) is Status.OPEN


INVITED = ["role:chair", "role:partner_health", "role:partner_police"]


@pytest.mark.parametrize(
    "command", [c.Withdraw("it was another family"), c.Hold("trial", "a trial began")], ids=["withdrawn", "on hold"]
)
def test_a_meeting_stands_for_the_others_where_one_case_is_not_treated_there(
    office: Workspace, command: c.Command
) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Complete("coming/chair", {"coming": "in_person"}), at(7))
    do(office, FOLLOWS, command, at(8))
    told = letters(office, FOLLOWS, "meeting_without_this")
    assert sorted(told) == INVITED, "the school is invited for the other case alone"
    assert letters(office, FOLLOWS, "meeting_called_off") == letters(office, FOLLOWS, "meeting_put_off") == []


def test_it_stands_where_the_case_that_leads_is_withdrawn_and_is_called_off_with_the_last(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Withdraw("it was another family"), at(8))
    assert sorted(letters(office, LEADS, "meeting_without_this")) == INVITED
    assert letters(office, LEADS, "meeting_called_off") == ["agency:school:contact"], "it takes part in no other"
    do(office, FOLLOWS, c.Withdraw("that too"), at(11))
    assert set(INVITED) <= set(letters(office, FOLLOWS, "meeting_called_off"))
    assert letters(office, FOLLOWS, "meeting_without_this") == []


def subjects_of(office: Workspace, now: datetime) -> dict[str, list[str]]:
    """Of the messages that leave now, the subjects by their mailbox, of those about a meeting that is not."""
    found: dict[str, list[str]] = {}
    for letter in post(office, now):
        subjects = [notice.subject.removeprefix("[Toyshire SCP] ") for notice in letter.notices]
        found[letter.address] = sorted(subject for subject in subjects if subject.startswith(("Not", "Called", "Put")))
    return found


OFF = [f"Called off, not on Tue 19 May 2026: meeting about {reference}" for reference in (LEADS, FOLLOWS)]
CHAIR, SCHOOL = "chair@scp.example.org", "reviews@school.example.org"


def test_nobody_keeps_the_day_free_where_all_cases_of_a_meeting_are_over_before_the_letters_leave(
    office: Workspace,
) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    post(office, at(6))
    for reference in (FOLLOWS, LEADS):  # no sweep between the two: a case that started both may have ended
        carry_out(office, reference, c.Withdraw("it was another family"), by=BY, now=at(8))
    told = subjects_of(office, at(8))
    assert told[CHAIR] == OFF
    assert all(not subject.startswith("Not treated") for subjects in told.values() for subject in subjects)


def test_the_day_is_kept_for_the_one_that_stands_where_two_of_three_are_over(office: Workspace) -> None:
    linked(office, at(5))
    asked = c.Open({"asked": date(2026, 5, 5)}, ("police",))
    third = open_case(office, "panel", asked, by=BY, now=at(5)).case.reference
    do(office, third, c.Link("joint_with", LEADS, "the same family"), at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    post(office, at(6))
    do(office, LEADS, c.Withdraw("it was another family"), at(7))
    post(office, at(7))
    do(office, FOLLOWS, c.Withdraw("that too"), at(8))
    told = subjects_of(office, at(8))
    assert told[CHAIR] == [f"Not treated on Tue 19 May 2026: {FOLLOWS}"]
    assert SCHOOL not in told, "it takes part in the case that led alone, and knows of no other"
    do(office, third, c.Withdraw("that too"), at(11))
    assert subjects_of(office, at(11))[CHAIR] == [f"Called off, not on Tue 19 May 2026: meeting about {third}"]


def test_it_is_put_off_for_all_where_the_case_that_leads_books_anew(office: Workspace) -> None:
    linked(office, at(5))
    do(office, LEADS, c.Complete("book", BOOKED), at(6))
    do(office, LEADS, c.Reopen("book", "the room is taken"), at(8))
    for reference in (LEADS, FOLLOWS):
        assert set(INVITED) <= set(letters(office, reference, "meeting_put_off"))
        assert letters(office, reference, "meeting_without_this") == []


def test_whoever_links_a_case_with_one_that_follows_reads_which_one_leads(office: Workspace) -> None:
    linked(office, at(5))
    asked = c.Open({"asked": date(2026, 5, 5)}, ("police",))
    third = open_case(office, "panel", asked, by=BY, now=at(5)).case.reference
    result = carry_out(office, third, c.Link("joint_with", FOLLOWS, "the same family"), by=BY, now=at(5))
    instead = f"To have that done for {third} too: reviewflow link {third} joint_with {LEADS} --reason WHY"
    said = f"{FOLLOWS} leads no case: what is done together is done for it in {LEADS}. {instead}"
    assert list(warnings(office, result.case, result.events)) == [said]
    result = carry_out(office, third, c.Link("joint_with", LEADS, "the same family"), by=BY, now=at(5))
    assert list(warnings(office, result.case, result.events)) == []
