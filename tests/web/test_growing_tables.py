"""A table that grows, on its answer page: lines come day by day, until it is said that no more are to come."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.builders import opened
from tests.web.letters import POLICE, Post, asked, item, post_asking

TABLE = """\
      seen:
        type: rows
        label: Which papers came?
        grows: yes
        columns:
          page: {type: number, label: How many pages?}
"""
ONE = {"f.seen.lines": "1", "f.seen.0.page": "4", "f.more_to_come": "yes"}
TWO = {**ONE, "f.seen.0.page": "7"}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The toy office, in which an agency enters papers as they come."""
    with post_asking(TABLE, sqlite_url, tmp_path) as post:
        yield post


def test_lines_are_added_one_after_the_other_until_the_table_is_closed(post: Post) -> None:
    case = opened(post.workspace)
    address, client = asked(post), post.client()
    assert "Are more lines to come?" in client.get(address).text
    said = client.post(address, data=ONE)
    assert (said.status_code, said.headers["location"]) == (303, f"{address}?told=lines")
    page = client.get(said.headers["location"]).text
    assert "Your lines are recorded." in page
    assert "1. How many pages: 4" in page
    assert "It stays open for more, and reminders go on." in page
    assert "When you say that no more are to come" in page
    assert "When you answer" not in page
    assert client.post(address, data=ONE).status_code == 303  # sent twice, it counts once
    assert client.post(address, data=TWO).status_code == 303
    assert item(post, case).answers["seen"] == [{"page": 4}, {"page": 7}]
    assert item(post, case).status == "open"


def test_a_letter_confirms_each_line_and_promises_no_end(post: Post) -> None:
    opened(post.workspace)
    address, client = asked(post), post.client()
    client.post(address, data=ONE)
    letter = post.text_to(POLICE)
    assert "Something was added today on the page" in letter
    assert "If that was not you, ring" in letter
    assert "say there when no more is to come" in letter
    assert "You need do nothing else" not in letter
    client.post(address, data={**TWO, "lines": "1"})
    assert "Something was added today" in post.text_to(POLICE)


def test_the_same_line_counts_again_from_a_page_that_shows_it_and_once_from_one_page(post: Post) -> None:
    case = opened(post.workspace)
    address, client = asked(post), post.client()
    client.post(address, data=ONE)
    assert '<input type="hidden" name="lines" value="1">' in client.get(address).text
    for _ in range(2):
        assert client.post(address, data={**ONE, "lines": "1"}).status_code == 303
    assert item(post, case).answers["seen"] == [{"page": 4}, {"page": 4}]


def test_what_is_asked_besides_is_asked_when_no_more_lines_are_to_come(post: Post) -> None:
    case = opened(post.workspace)
    address, client = asked(post), post.client()
    client.post(address, data=ONE)
    more = client.post(address, data={"f.more_to_come": "no"})
    assert "nothing is recorded yet" in more.text
    assert item(post, case).status == "open"
    rest = {
        "f.more_to_come": "no",
        "f.kind": "summary",
        "f.quality_assured": "yes",
        "shown": ["kind", "quality_assured"],
    }
    assert client.post(address, data=rest).status_code == 303
    assert item(post, case).status == "done"
    assert item(post, case).answers["seen"] == [{"page": 4}]


def test_a_line_in_which_nothing_was_typed_is_asked_for(post: Post) -> None:
    opened(post.workspace)
    address, client = asked(post), post.client()
    said = client.post(address, data={"f.more_to_come": "yes"})
    assert said.status_code == 422
    assert "No line of “Which papers came?” was filled in." in said.text
    assert "Fill one in, or say that no more lines are to come." in said.text
