"""Several contacts who are written to one after the other: one page at a time, each for whoever is asked."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.contacts.letters import refuse, release, waiting_letters
from reviewflow.service.contacts.people import erase_contact, give
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.late_requests import ask_anew
from reviewflow.service.views.history import history
from reviewflow.service.workspace.contact_keys import ContactPerson, new_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at
from tests.web.letters import TOY, Post, address_in, item

PROCESS = """
language: 1
process: spoken
version: 1
title: Meeting of the family
reference: SP-{year}-{number}
contacts:
  mother: {title: The mother}
  father: {title: The father}
  grandparent: {title: The grandparent}
opening:
  dates: {notified: When it was notified}
steps:
  ask:
    title: Ask who speaks
    send: to_family
    to: [contact mother, contact father, contact grandparent]
    reply: speaks
    until: {will_you: yes}
  speaks:
    title: Whether you speak
    after: ask
    owner: chair
    due: 5 working days after ask
    silence: {counts_as: declined, answers: {will_you: no}}
    form:
      will_you: {type: choice, label: "Will you speak?", options: {yes: "Yes", no: "No"}}
  close: {title: Close it, after: speaks, owner: chair}
"""
MESSAGE = """
language: 1
message: to_family
subject: Will you speak
text: |
  Dear {addressed},
  you can answer {answer}
"""
CASE, KEY = "SP-2026-001", new_key()
PEOPLE = {
    "mother": ContactPerson("quist@home.example.org", "Ms Quist"),
    "father": ContactPerson("ferry@home.example.org", "Mr Ferry"),
    "grandparent": ContactPerson("olden@home.example.org", "Mrs Olden"),
}
NO = {"do": "answer", "shown": ["f.will_you"], "f.will_you": "no"}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """An office in which a letter to the first of three contacts waits."""
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "spoken.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, folder), tmp_path / "letters", at(7))
    open_case(post.workspace, "spoken", c.Open({"notified": post.now.date()}), by="t", now=post.now)
    for name, person in PEOPLE.items():
        give(post.workspace, KEY, CASE, name, person, by="t", now=post.now)
    yield post
    store.close()


def _released(post: Post, contact: str) -> str:
    """The address in the letter to this contact, once somebody has released it."""
    [letter] = waiting_letters(post.workspace)
    release(post.workspace, letter.number, by="A. Manager", now=post.now)
    [text] = [text for to, text in post.deliver() if to.startswith(f"contact.{contact}@")]
    return address_in(text)


def _waits_for(post: Post) -> list[str]:
    return [letter.to for letter in waiting_letters(post.workspace)]


def _told(post: Post) -> str:
    return "\n".join(entry.words for entry in history(post.workspace, CASE))


def test_a_no_on_the_page_has_the_next_written_to_and_the_first_page_opens_nothing_more(post: Post) -> None:
    first, client = _released(post, "mother"), post.client()
    client.post(first, data=NO)
    assert _waits_for(post) == ["The father"]
    assert item(post, CASE, "speaks").status == "waiting"
    second = _released(post, "father")
    assert second != first
    assert "Will you speak?" in client.get(second).text
    assert "Will you speak?" not in client.get(first).text
    client.post(first, data=NO | {"f.will_you": "yes"})
    assert item(post, CASE, "speaks").status == "open"


def test_a_yes_ends_it_and_the_history_says_who_answered_what_and_never_who_they_are(post: Post) -> None:
    client = post.client()
    client.post(_released(post, "mother"), data=NO)
    client.post(_released(post, "father"), data=NO | {"f.will_you": "yes"})
    assert _waits_for(post) == []
    assert item(post, CASE, "close").status == "open"
    assert "“The mother” has not accepted (Will you speak: No). “The father” is written to next." in _told(post)
    assert re.search("Quist|Ferry|Olden", _told(post)) is None
    assert audit(post.workspace) == (1, [])


def test_a_refused_letter_is_taken_back_as_the_next_is_written(post: Post) -> None:
    [letter] = waiting_letters(post.workspace)
    refuse(post.workspace, letter.number, "she asked us to ring only", by="A. Manager", now=post.now)
    assert _waits_for(post) == ["The father"]


def test_nobody_is_written_to_who_was_erased(post: Post) -> None:
    erase_contact(post.workspace, CASE, "father", "he asked for it", by="t", now=post.now)
    post.client().post(_released(post, "mother"), data=NO)
    assert _waits_for(post) == ["The grandparent"]


def test_a_released_letter_that_could_not_leave_for_days_goes_alone_as_it_was_released(post: Post) -> None:
    [letter] = waiting_letters(post.workspace)
    release(post.workspace, letter.number, by="A. Manager", now=post.now)
    assert ask_anew(post.workspace, now=at(12)) == 1
    written = [(notice.recipient, notice.status) for notice in post.workspace.store.notices(CASE)]
    assert written == [("contact:mother", "queued")]
    assert audit(post.workspace) == (1, [])
