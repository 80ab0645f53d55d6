"""What stands on a page is true of the work that it asks for, whoever reads it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.cli.server import demo_cases
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.verifying.test_verdicts import done_plan
from tests.shipped import DEFINITIONS
from tests.web.letters import Post, asked
from tests.web.test_verifying import page_of

HOSPITAL = "safeguarding.children@northmoor-hospitals.example.org"


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, DEFINITIONS), tmp_path / "letters", datetime(2026, 5, 15, 12, tzinfo=UTC))
    store.close()


def test_what_follows_only_from_some_answers_is_promised_to_nobody(post: Post) -> None:
    demo_cases._rapid_review(post.workspace, *demo_cases.RAPID_REVIEWS[1], now=post.now)
    page = post.client().get(asked(post, HOSPITAL)).text
    assert "“Merge the chronologies and send out the pack” can begin, as far as nothing else" in page
    assert "Ring the agency that sees a risk" not in page


def test_one_of_several_lines_says_which_it_is(post: Post) -> None:
    plan = done_plan(post.workspace)
    path = page_of(post, plan, "verify/2")
    client = post.client()
    assert "Verify the action (number 2)</h1>" in client.get(path).text
    assert "(number 2)" in client.get(f"{path}/day.ics").text
