"""A group is invited, says on its pages who comes, and its chair records a meeting; the papers say who did what."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.documents.case_tables import given_answers
from reviewflow.service.documents.meetings.tables import attendance_table, invited_table
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import BY, at
from tests.service.panels import GROUP
from tests.web.letters import TOY, Post, address_in, item

PROCESS = """
language: 1
process: panel
version: 1
title: A panel
reference: PAN-{year}-{number}
opening:
  dates: {asked: On which day was it asked for?}
steps:
  book:
    title: Fix the day
    owner: business_support
    form:
      meets_on: {type: date, label: On which day does it meet?}
      members: {type: choices, members_of: panel, label: Who is invited?}
  invite: {title: Invite them, after: book, for_each: book.members, send: invitation, about: coming}
  coming:
    title: Say whether you come
    after: invite
    for_each: book.members
    owner: each
    due: 2 working days before book.meets_on
    invites_to: meeting
    form:
      coming: {type: choice, label: Do you come?, options: {in_person: I come, apologies: I send apologies}}
  meeting:
    title: Hold the panel
    after: book
    owner: chair
    due: on book.meets_on
    form:
      came: {type: choices, members_of: panel, label: Which members were there?}
      apologies: {type: choices, members_of: panel, label: Which apologised?, required: no}
      quorate: {type: quorum, members_of: panel, came: came, label: Was it quorate?}
      agreed: {type: yes_no, label: Does the panel agree?, required: {when: {quorate: yes}}}
      follows: {type: note, label: What follows?, required: {when: {quorate: no}}}
  ask_chair: {title: Ask the chair, after: book, send: reminder, to: chair, about: meeting}
"""
INVITATION = """
language: 1
message: invitation
subject: "Meeting on {meets}: {reference}"
text: "{reference}: a meeting on {meets}. Tell us by {due}, {owner}: {answer}"
"""
CASE = "PAN-2026-001"


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    with (folder / "partnership.yaml").open("a") as partnership:
        partnership.write(GROUP)
    (folder / "processes" / "panel.yaml").write_text(PROCESS)
    (folder / "messages" / "invitation.yaml").write_text(INVITATION)
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, folder), tmp_path / "letters", at(5))
    open_case(post.workspace, "panel", c.Open({"asked": date(2026, 5, 5)}), by=BY, now=post.now)
    booked = c.Complete("book", {"meets_on": "2026-05-19", "members": "all"})
    carry_out(post.workspace, CASE, booked, by=BY, now=post.now)
    yield post
    store.close()


def test_each_member_gets_a_letter_with_the_day_and_the_chair_sees_who_comes(post: Post) -> None:
    letters = dict(post.deliver())
    assert {*letters} == {
        "chair@scp.example.org",
        "partner@police.example.org",
        "partner@nhs.example.org",
        "reviews@school.example.org",
    }
    school = letters["reviews@school.example.org"]
    assert "a meeting on Tue 19 May 2026. Tell us by Fri 15 May 2026, Education service" in school
    client, path = post.client(), address_in(school)
    page = client.get(path).text
    assert "Tue 19 May 2026" in page
    assert "Put the day of the meeting into your calendar" in page
    assert "On which day was it done?" not in page, "whoever says whether they come has done nothing on a day"
    entry = client.get(f"{path}/day.ics").text
    assert "DTSTART;VALUE=DATE:20260519" in entry
    assert "SUMMARY:PAN-2026-001: Hold the panel" in entry
    assert client.post(path, data={"f.coming": "apologies"}).status_code == 303
    chairs = next(
        place
        for place in _places(letters["chair@scp.example.org"])
        if "Which members were there" in client.get(place).text
    )
    page = client.get(chairs).text
    assert "On which day was it done?" in page
    assert "Education service: I send apologies" in page
    assert "Police partner: nothing yet" in page
    assert "Was it quorate?" not in page


def _places(text: str) -> list[str]:
    places = []
    while "/a/" in text:
        places.append(address_in(text))
        text = text.partition(places[-1])[2]
    return places


def test_on_the_page_no_decision_is_taken_without_the_quorum(post: Post) -> None:
    letters = dict(post.deliver())
    post.now = at(19)
    client = post.client()
    path = next(
        place
        for place in _places(letters["chair@scp.example.org"])
        if "Which members were there" in client.get(place).text
    )
    page = client.post(path, data={"f.came": ["chair", "partner_health"]})
    assert (page.status_code, "What follows?" in page.text, "Does the panel agree?" in page.text) == (200, True, False)
    assert "No. Police partner must be among them. Nothing can be decided for the group." in page.text
    sent = {
        "f.came": ["chair", "partner_health"],
        "shown": ["follows", "agreed"],
        "f.agreed": "yes",
        "f.follows": "We meet again",
    }
    page = client.post(path, data=sent)
    assert page.status_code == 422
    assert "Police partner must be among them" in page.text
    assert item(post, CASE, "meeting").status == "open"
    sent = {"f.came": ["chair", "partner_police"], "f.apologies": ["school"]}
    page = client.post(path, data=sent)
    assert (page.status_code, "Does the panel agree?" in page.text, "What follows?" in page.text) == (200, True, False)
    assert client.post(path, data=sent | {"shown": "agreed", "f.agreed": "yes"}).status_code == 303
    context = post.workspace.context(find(post.workspace, CASE), post.now)
    attendance = attendance_table(context, given_answers(post.workspace.store, CASE)).splitlines()
    assert attendance[2:] == [
        "| **Hold the panel** | Tue 19 May 2026 |",
        "| Which members were there? | Chair of the review group<br>Police partner |",
        "| Which apologised? | Education service |",
        "| Was it quorate? | yes |",
    ]
    assert "| Hospital" not in invited_table(context)
    assert "| Education service | nothing yet |" in invited_table(context)


def _school(post: Post) -> str:
    return dict(post.deliver())["reviews@school.example.org"]


def test_who_answered_hears_the_same_day_that_a_meeting_is_put_off_and_can_take_it_out_of_the_calendar(
    post: Post,
) -> None:
    path, client = address_in(_school(post)), post.client()
    before = client.get(f"{path}/day.ics").text
    assert client.post(path, data={"f.coming": "in_person"}).status_code == 303
    assert "Put the day of the meeting into your calendar" in client.get(path).text, "also once it is answered"
    post.now = at(6)
    carry_out(post.workspace, CASE, c.Reopen("book", "The room is not free"), by=BY, now=post.now)
    told = _school(post)
    assert "is not on Tue 19 May 2026. It is put off; the new day is not fixed yet." in told
    place = address_in(told)
    page = client.get(place).text
    assert "Take the meeting out of your calendar" in page
    entry = client.get(f"{place}/day.ics")
    assert entry.headers["content-type"] == "text/calendar; method=CANCEL; charset=utf-8"
    for line in ("METHOD:CANCEL", "STATUS:CANCELLED", _line(before, "UID")):
        assert line in entry.text
    assert int(_line(entry.text, "SEQUENCE")[9:]) > int(_line(before, "SEQUENCE")[9:])


def _line(entry: str, name: str) -> str:
    return next(line for line in entry.splitlines() if line.startswith(f"{name}:"))


def test_a_case_that_is_withdrawn_calls_its_meeting_off(post: Post) -> None:
    post.deliver()
    post.now = at(6)
    carry_out(post.workspace, CASE, c.Withdraw("The partners have decided so"), by=BY, now=post.now)
    told = _school(post)
    assert "to which you were invited for Tue 19 May 2026 is called off" in told
    assert "METHOD:CANCEL" in post.client().get(f"{address_in(told)}/day.ics").text
