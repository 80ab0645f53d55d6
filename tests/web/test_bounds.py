"""What another answer bounds is held on the page: the hint names what bounds it, the mistake stands at its question."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.door.answering import answer
from reviewflow.service.door.opening import open_address
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from reviewflow.web.reading import SentForm, read_answer
from tests.service.builders import at, opened
from tests.web.letters import TOY, Post, asked, item

CASE = "TR-2026-001"
WRONG = ("", "x", "-1", "101", "31", "1900", "2101", "Emma Smith, born 3 April 2012, NHS 943 476 5919")
"""What somebody may type into any of the boxes."""
LAST = "      quality_assured: {type: confirm, label: A senior manager has quality assured this}\n"
BOUNDED = """\
      asked: {type: number, label: How much was asked}
      granted: {type: number, label: How much is granted, at_most: asked}
      began: {type: date, label: On which day did it begin}
      ended: {type: date, label: On which day did it end, not_before: on began}
      costs:
        type: rows
        label: What it cost
        required: no
        columns:
          spent: {type: number, label: Spent, at_most: asked}
"""
ANSWER = {
    "f.kind": "summary",
    "f.quality_assured": "yes",
    "f.asked": "100",
    "f.granted": "100",
    **{f"f.began-{part}": value for part, value in (("day", "6"), ("month", "5"), ("year", "2026"))},
    **{f"f.ended-{part}": value for part, value in (("day", "6"), ("month", "5"), ("year", "2026"))},
    "f.costs.lines": "1",
    "f.costs.0.spent": "100",
}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The toy office, whose returns ask for numbers and days that other answers bound."""
    store = open_store(sqlite_url)
    store.migrate()
    folder = tmp_path / "definitions"
    process = shutil.copytree(TOY, folder) / "processes" / "review.yaml"
    process.write_text(process.read_text().replace(LAST, LAST + BOUNDED))
    post = Post(Workspace(store, folder), tmp_path / "letters", at(5))
    opened(post.workspace)
    post.deliver()
    post.now = at(12)
    yield post
    store.close()


def test_the_page_says_what_bounds_a_question_by_what_that_is_called(post: Post) -> None:
    page = post.client().get(asked(post)).text
    assert "At most what “How much was asked” says." in page
    assert "Not before what “On which day did it begin” says." in page


def test_what_lies_within_is_recorded(post: Post) -> None:
    client, path = post.client(), asked(post)
    assert client.post(path, data=ANSWER).status_code == 303
    assert item(post, CASE).status == "done"


@pytest.mark.parametrize(
    ("wrong", "question", "words"),
    [
        ({"f.granted": "101"}, "granted", "How much is granted: 101 is too large; at most 100 is taken"),
        ({"f.ended-day": "5"}, "ended", "On which day did it end: Tue 5 May 2026 is too early: not before Wed 6 May"),
        ({"f.costs.0.spent": "101"}, "costs.0.spent", "Line 1: Spent: 101 is too large; at most 100 is taken"),
    ],
)
def test_what_lies_outside_is_refused_at_its_question_with_what_was_typed(
    post: Post, wrong: dict[str, str], question: str, words: str
) -> None:
    client, path = post.client(), asked(post)
    page = client.post(path, data=ANSWER | wrong)
    assert page.status_code == 422
    assert f'href="#f.{question}"' in page.text
    assert words in page.text
    assert 'value="100"' in page.text
    assert item(post, CASE).status == "open"


def test_what_is_wrong_is_told_in_the_order_of_the_questions_whatever_is_wrong_with_it(post: Post) -> None:
    page = post.client().post(asked(post), data=ANSWER | {"f.granted": "101", "f.ended-day": "x"}).text
    assert 0 < page.index("101 is too large") < page.index("On which day did it end: ")


def test_whatever_the_page_would_find_wrong_the_rules_refuse(post: Post) -> None:
    """An answer is recorded without being read twice, so nothing may be wrong for the page alone."""
    token, refused = asked(post).rpartition("/")[2], 0
    opened = open_address(post.workspace, post.door, token, now=post.now)
    assert opened is not None
    for name in ANSWER:
        for value in WRONG:
            sent = {each: [text] for each, text in (ANSWER | {name: value}).items()}
            typed = read_answer(opened, SentForm(token, sent))
            if typed.mistakes:
                assert not answer(post.workspace, opened, typed.answers, now=post.now).is_recorded, (name, value)
                refused += 1
    assert refused > len(ANSWER) * len(WRONG) // 2
