"""Where a step asks for it, an answer counts only with the figures that went to its mailbox."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at, opened
from tests.web.letters import POLICE, TOY, Post, asked, item

ANSWER = {"f.kind": "summary", "f.quality_assured": "yes", "do": "answer"}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The toy office, whose returns need a code."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes" / "review.yaml"
    process.write_text(
        process.read_text().replace("title: Agency return\n", "title: Agency return\n    confirm: by code\n")
    )
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, folder), tmp_path / "letters", at(5))
    opened(post.workspace)
    post.deliver()
    post.now = at(12)
    yield post
    store.close()


def test_an_answer_counts_once_the_figures_are_typed(post: Post) -> None:
    client, path, case = post.client(), asked(post), "TR-2026-001"
    assert client.post(path, data=ANSWER | {"f.kind": ""}).status_code == 422
    assert not post.at_once
    first = client.post(path, data=ANSWER)
    assert (first.status_code, "Error:" in first.text) == (200, False)
    assert "We have sent six figures" in first.text
    assert re.search(r'value="summary" checked', first.text)
    [(to, subject, text)] = post.at_once
    assert (to, case in subject + text) == (POLICE, False)
    [figures] = re.findall(r"The code is ([0-9]{6})\b", text)
    wrong = client.post(path, data=ANSWER | {"code": f"{(int(figures) + 1) % 10**6:06d}"})
    assert "not the code" in wrong.text
    assert item(post, case).status == "open"
    assert client.post(path, data=ANSWER | {"code": figures}).status_code == 303
    assert item(post, case).status == "done"


def test_what_finishes_nothing_needs_no_code(post: Post) -> None:
    client, path = post.client(), asked(post)
    assert client.post(f"{path}/working").status_code == 303
    assert not post.at_once
