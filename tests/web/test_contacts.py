"""The page of a contact of a case: from a released letter alone, for one step, in words for a parent."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reviewflow.case.model import commands as c
from reviewflow.case.model.snapshot import load
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.contacts.letters import refuse, release, waiting_letters
from reviewflow.service.contacts.people import erase_contact, give
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.contact_keys import ContactPerson, new_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at
from tests.web.letters import TOY, Post, address_in, item

PROCESS = """
language: 1
process: asked
version: 1
title: Rapid review of an incident
reference: AK-{year}-{number}
contacts:
  family: {title: The family}
opening:
  dates: {notified: When it was notified}
limits:
  whole: {title: The whole review, due: 30 working days after notified, met_by: close}
steps:
  ask: {title: Ask the family, send: to_family, to: contact family, reply: wishes}
  wishes:
    title: How you would like to take part
    help: Ring the social worker first.
    after: ask
    owner: chair
    due: 5 working days after ask
    form:
      talk: {type: choice, label: "Would you like to talk with us?", options: {yes: "Yes", no: "No"}}
      how: {type: choice, label: How?, options: {home: At home, phone: By telephone}, required: {when: {talk: yes}}}
  close: {title: Close it, after: wishes, owner: chair}
"""
MESSAGE = """
language: 1
message: to_family
subject: Would you like to talk
text: |
  Dear {addressed},
  you can answer {answer}
"""
CASE, KEY = "AK-2026-001", new_key()
FAMILY = ContactPerson("quist@home.example.org", "Ms Quist")
CHOSEN = {"do": "answer", "shown": ["f.talk", "f.how"], "f.talk": "yes", "f.how": "home"}
NOT_FOR_THEM = (
    "Rapid review",
    "The whole review",
    "Ring the social worker",
    "Toy chair",
    "Close it",
    "overdue",
    "It helps us",
)


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """An office in which a letter to the family waits."""
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "asked.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, folder), tmp_path / "letters", at(7))
    open_case(post.workspace, "asked", c.Open({"notified": post.now.date()}), by="t", now=post.now)
    give(post.workspace, KEY, CASE, "family", FAMILY, by="t", now=post.now)
    yield post
    store.close()


def released(post: Post) -> str:
    """The address in the letter, once somebody has released it."""
    [letter] = waiting_letters(post.workspace)
    release(post.workspace, letter.number, by="A. Manager", now=post.now)
    [text] = [text for to, text in post.deliver() if to.startswith("contact.family@")]
    return address_in(text)


def _says(client: TestClient, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).text)


def test_there_is_no_page_until_the_letter_isreleased(post: Post) -> None:
    [letter] = waiting_letters(post.workspace)
    assert "(here stands the address of a page for just this" in letter.text
    assert [to for to, _ in post.deliver() if "family" in to] == []
    assert post.workspace.store.driver.rows("SELECT count(*) FROM links") == [(0,)]
    assert _says(post.client(), released(post)).count("How you would like to take part") == 2


def test_a_refused_letter_leads_to_no_page_and_the_office_goes_on(post: Post) -> None:
    [letter] = waiting_letters(post.workspace)
    refuse(post.workspace, letter.number, "they asked us not to write", by="A. Manager", now=post.now)
    post.deliver()
    assert post.workspace.store.driver.rows("SELECT count(*) FROM links WHERE recipient LIKE 'contact%'") == [(0,)]
    assert item(post, CASE, "wishes").status == "open"


def test_the_page_says_what_is_asked_and_nothing_of_the_review(post: Post) -> None:
    address, client = released(post), post.client()
    post.now = at(7) + timedelta(days=30)
    said = _says(client, address)
    assert "Would you like to talk with us?" in said
    assert [words for words in NOT_FOR_THEM if words in said] == []
    assert "Quist" not in said


@pytest.mark.parametrize("way", ["/all", "/verify", "/day.ics", "/papers/report.docx"])
def test_it_opens_nothing_else(post: Post, way: str) -> None:
    address = released(post)
    assert post.client().get(f"{address}{way}").status_code == 404


@pytest.mark.parametrize("way", ["/working", "/time", "/other", "/question", "/all/code", "/all", "/verify/code"])
def test_nothing_else_is_done_there(post: Post, way: str) -> None:
    address = released(post)
    sent = post.client().post(f"{address}{way}", data={"who": "nobody", "why": "x", "question": "x", "code": "000000"})
    assert sent.status_code == 404
    assert post.at_once == []
    assert "Responded" not in [event.kind for event in post.workspace.store.events(CASE)]


def test_an_answer_is_recorded_as_theirs_and_no_letter_follows(post: Post) -> None:
    address, client = released(post), post.client()
    assert client.post(address, data=CHOSEN).status_code == 303
    assert client.post(address, data=CHOSEN).status_code == 409, "the same answer counts once"
    assert "Thank you, we have your answer" in _says(client, address)
    [event] = [event for event in post.workspace.store.events(CASE) if event.kind == "Completed"]
    assert event.by == "The family (contact of the case)"
    assert json.loads(event.body)["said"] == {"talk": "yes", "how": "home"}
    assert [to for to, _ in post.deliver() if "family" in to] == []
    assert audit(post.workspace) == (1, [])


def test_what_one_choice_leads_to_is_asked_before_anything_is_recorded(post: Post) -> None:
    address = released(post)
    sent = post.client().post(address, data={"do": "answer", "shown": [], "f.talk": "yes"})
    assert (sent.status_code, "There is one more question" in sent.text) == (200, True)
    nothing = post.client().post(address, data={"do": "answer"})
    assert (nothing.status_code, 'href="#f.talk"' in nothing.text) == (422, True)
    assert item(post, CASE, "wishes").status == "open"


def test_it_closes_when_they_are_erased_or_somebody_else(post: Post) -> None:
    address = released(post)
    give(post.workspace, KEY, CASE, "family", ContactPerson("other@home.example.org", "Mr Other"), by="t", now=post.now)
    assert post.client().get(address).status_code == 404, "the mailbox of before opens nothing"
    carry_out(post.workspace, CASE, c.Reopen("ask", "the letter went to another"), by="t", now=post.now)
    newest = released(post)
    assert newest != address
    assert post.client().get(newest).status_code == 200
    erase_contact(post.workspace, CASE, "family", "they asked for it", by="t", now=post.now)
    assert post.client().get(newest).status_code == 404
    assert "It may be that nothing is asked any more" in _says(post.client(), newest)


def test_what_they_told_by_telephone_closes_it_kindly(post: Post) -> None:
    address = released(post)
    carry_out(post.workspace, CASE, c.Complete("wishes", {"talk": "no"}), by="t", now=post.now)
    said = _says(post.client(), address)
    assert ("Thank you, we have your answer" in said, CASE in said) == (True, False)
    row = post.workspace.store.load(CASE)
    assert row is not None
    assert load(CASE, row.state).items["close"].status == "open"


def test_after_ninety_days_it_opens_nothing(post: Post) -> None:
    address = released(post)
    post.now += timedelta(days=91)
    assert post.client().get(address).status_code == 404
