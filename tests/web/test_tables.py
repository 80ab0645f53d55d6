"""A table on an answer page: what is wrong in a line stands at its cell, and the summary leads there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.builders import opened
from tests.web.letters import Post, asked, item, post_asking

TABLE = """\
      wanted:
        type: rows
        label: Which changes do you ask for?
        columns:
          page: {type: number, label: On which page?}
          by: {type: date, label: By when?}
"""
EMPTY_THEN_WRONG = {
    "f.wanted.lines": "2",
    "f.wanted.1.page": "many",
    "f.wanted.1.by-day": "31",
    "f.wanted.1.by-month": "2",
    "f.wanted.1.by-year": "2026",
}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The toy office, in which an agency is asked for a table."""
    with post_asking(TABLE, sqlite_url, tmp_path) as post:
        yield post


def test_what_is_wrong_in_a_line_stands_at_its_cell_by_its_label(post: Post) -> None:
    """It stood in one paragraph above the table, by the names that its columns have in the file."""
    case = opened(post.workspace)
    address, client = asked(post), post.client()
    page = client.post(address, data=EMPTY_THEN_WRONG).text
    summary = dict(re.findall(r'<a href="#(f\.wanted[^"]*)">([^<]+)</a>', page))
    assert set(summary) == {"f.wanted.1.page", "f.wanted.1.by"}
    assert summary["f.wanted.1.page"].startswith("Line 1: On which page?: ")
    assert summary["f.wanted.1.by"].startswith("Line 1: By when?: ")
    for cell in summary:
        assert f'id="{cell}"' in page
    assert 'id="f.wanted.1.page-error"' in page
    assert 'value="many"' in page
    assert item(post, case).status == "open"
