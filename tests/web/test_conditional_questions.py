"""A question that only another answer makes needed comes when it is needed, without a script, and nothing is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at, opened
from tests.web.letters import TOY, Post, asked, item

WHY, MORE = 'name="f.why"', "leads to one more question"
SUMMARY = {"f.kind": "summary", "f.quality_assured": "yes"}
NIL = {"f.kind": "nil", "f.quality_assured": "yes"}
CASE = "TR-2026-001"


def with_why(folder: Path) -> Path:
    """The toy office, whose returns ask why nothing is known where that is so."""
    process = shutil.copytree(TOY, folder) / "processes" / "review.yaml"
    last = "      quality_assured: {type: confirm, label: A senior manager has quality assured this}\n"
    why = "      why: {type: note, label: Why is nothing known, required: {when: {kind: nil}}}\n"
    text = process.read_text()
    assert last in text
    process.write_text(text.replace(last, last + why))
    return folder


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, with_why(tmp_path / "definitions")), tmp_path / "letters", at(5))
    opened(post.workspace)
    post.deliver()
    post.now = at(12)
    yield post
    store.close()


def test_what_does_not_apply_is_neither_shown_nor_demanded(post: Post) -> None:
    client, path = post.client(), asked(post)
    page = client.get(path).text
    assert WHY not in page
    assert "may lead to one more question" in page
    assert client.post(path, data=SUMMARY).status_code == 303
    assert item(post, CASE).status == "done"


def test_what_applies_is_asked_once_what_leads_to_it_was_sent(post: Post) -> None:
    client, path = post.client(), asked(post)
    page = client.post(path, data=NIL)
    assert (page.status_code, MORE in page.text, WHY in page.text, "Error:" in page.text) == (200, True, True, False)
    assert 'value="nil" checked' in page.text
    assert 'value="yes" checked' in page.text
    assert 'name="shown" value="why"' in page.text
    assert "Needed when" not in page.text
    assert item(post, CASE).status == "open"
    empty = client.post(path, data=NIL | {"shown": "why", "f.why": ""})
    assert (empty.status_code, 'href="#f.why"' in empty.text) == (422, True)
    assert client.post(path, data=NIL | {"shown": "why", "f.why": "Nobody of that age was seen"}).status_code == 303
    [answered] = [event for event in post.workspace.store.events(CASE) if event.kind == "Completed"]
    assert "Nobody of that age was seen" in answered.body


def test_what_else_is_wrong_is_told_with_the_question_that_applies(post: Post) -> None:
    client, path = post.client(), asked(post)
    page = client.post(path, data={"f.kind": "nil"})
    assert (page.status_code, WHY in page.text) == (422, True)
    assert 'href="#f.quality_assured"' in page.text


def test_what_was_typed_is_not_lost_when_its_question_applies_no_more(post: Post) -> None:
    client, path = post.client(), asked(post)
    page = client.post(path, data={"f.kind": "summary", "shown": "why", "f.why": "Nobody was seen"})
    assert (page.status_code, 'value="Nobody was seen"' in page.text or ">Nobody was seen<" in page.text) == (422, True)
