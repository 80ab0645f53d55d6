"""A partner decides on its page, and may dissent there: the reason is asked for then, and stands with the decision."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.language.model import Digest
from reviewflow.service.sweep.digests import make_digests
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at, opened
from tests.service.delivery.letters import knows
from tests.web.letters import TOY, Post, address_in, item

STEP = """\
  agree:
    title: Agree the plan
    for_each: [partner_police, partner_health]
    owner: each
    quorum: 1 of 2
    dissent: {agree: no}
    due: 1 working day after notified
    form:
      agree: {type: yes_no, label: Do you agree}
      why_not: {type: note, label: Why not, required: {when: {agree: no}}}
"""
DIGEST = {"title": "The day", "to": ("partner_police", "partner_health"), "every": "working day"}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The toy office, whose partners agree to a plan."""
    process = shutil.copytree(TOY, tmp_path / "definitions") / "processes" / "review.yaml"
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n{STEP}", 1))
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, tmp_path / "definitions"), tmp_path / "letters", at(5))
    store.close()


def test_a_partner_dissents_and_the_other_agrees(post: Post) -> None:
    case = opened(post.workspace)
    post.deliver()
    knows(post.workspace, digests={"morning": Digest.model_validate(DIGEST)})
    post.now = at(12, 12)
    make_digests(post.workspace, now=post.now)
    letters, client = dict(post.deliver()), post.client()
    police, health = (address_in(letters[f"partner@{place}.example.org"]) for place in ("police", "nhs"))
    page = client.get(police).text
    assert "why_not" not in page
    assert "Several are asked, and of them 1 of 2 must agree; when they have, it is settled." in page
    assert "it is recorded as your dissent." in page
    asks = client.post(police, data={"f.agree": "no"})
    assert (asks.status_code, "f.why_not" in asks.text) == (200, True)
    typed = {"f.agree": "no", "shown": "why_not", "f.why_not": "The period is too short"}
    assert client.post(police, data=typed).status_code == 303
    assert client.post(health, data={"f.agree": "yes"}).status_code in {303, 409}
    assert item(post, case, "agree/partner_police").status == "done"
    told = " ".join(map(str, history(post.workspace, case)))
    assert "The period is too short" in told
