"""The letter of the shipped practice review to the family: released, answered by choosing, and nothing else told."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.contacts.letters import release, waiting_letters
from reviewflow.service.contacts.people import give
from reviewflow.service.workspace.contact_keys import ContactPerson, new_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at
from tests.shipped import DEFINITIONS
from tests.web.letters import TOY, Post, address_in, item

CASE, KEY = "AFTER-2026-001", new_key()
LETTER, ANSWER = "ask_family_how", "family_says_how"
CHOSEN = {"knew": "yes", "heard": "partly", "report": "not_read", "ring": "no"}


def afterwards() -> dict[str, object]:
    """The two steps as they are shipped, in a process of their own that begins where a review has been published."""
    text = (DEFINITIONS / "processes" / "cspr.yaml").read_text(encoding="utf-8")
    steps = yaml.load(text, Loader=yaml.BaseLoader)["steps"]  # "yes" is a word, and no truth
    assert (steps[LETTER].pop("after"), steps[LETTER].pop("optional")) == ("publish", "yes")
    for step in (steps[LETTER], steps[ANSWER]):
        del step["stage"]
    return {
        "language": 1,
        "process": "afterwards",
        "version": 1,
        "title": "Review of an incident",
        "reference": "AFTER-{year}-{number}",
        "contacts": {"family": {"title": "The family"}},
        "opening": {"dates": {"published": "When was it published?"}},
        "steps": {LETTER: steps[LETTER], ANSWER: {**steps[ANSWER], "owner": "chair"}},
    }


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    shutil.copy(DEFINITIONS / "messages" / "family_how_it_was.yaml", folder / "messages")
    (folder / "processes" / "afterwards.yaml").write_text(yaml.safe_dump(afterwards()), encoding="utf-8")
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, folder), tmp_path / "letters", at(7))
    open_case(post.workspace, "afterwards", c.Open({"published": post.now.date()}), by="t", now=post.now)
    give(post.workspace, KEY, CASE, "family", ContactPerson("quist@home.example.org", "Ms Quist"), by="t", now=post.now)
    yield post
    store.close()


def test_the_family_says_how_it_was_by_choosing_alone(post: Post) -> None:
    assert [to for to, _ in post.deliver() if "family" in to] == [], "it waits until somebody has read it"
    [letter] = waiting_letters(post.workspace)
    release(post.workspace, letter.number, by="A. Manager", now=post.now)
    [text] = [text for to, text in post.deliver() if to.startswith("contact.family@")]
    address, client = address_in(text), post.client()
    said = re.sub(r"\s+", " ", client.get(address).text)
    for asked in (
        "Did you know early enough",
        "Were you heard",
        "Does the report say what matters",
        "ring you about it",
    ):
        assert asked in said
    assert [words for words in ("Review of an incident", "<textarea", "overdue", "Quist") if words in said] == []
    given = {"do": "answer", "shown": [f"f.{name}" for name in CHOSEN], **{f"f.{k}": v for k, v in CHOSEN.items()}}
    assert client.post(address, data=given).status_code == 303
    assert item(post, CASE, ANSWER).status == "done"
    [event] = [
        event for event in post.workspace.store.events(CASE) if event.kind == "Completed" and ANSWER in event.body
    ]
    assert event.by == "The family (contact of the case)"
    assert json.loads(event.body)["said"] == CHOSEN
