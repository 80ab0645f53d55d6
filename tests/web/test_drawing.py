"""A page that is only looked at is drawn once for all; what somebody typed is kept nowhere."""

from reviewflow.web import drawing
from tests.web.letters import Post, asked

TYPED = {"f.kind": "summary", "why": "Foxglove"}


def test_a_blank_page_is_the_same_whether_its_questions_were_kept_or_not(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    drawing._kept.cache_clear()
    first = client.get(path).text
    kept = drawing._kept.cache_info()
    assert client.get(path).text == first
    again = drawing._kept.cache_info()
    assert (again.currsize, again.misses) == (kept.currsize, kept.misses)
    assert kept.currsize > 3


def test_what_was_typed_is_not_kept(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    blank = client.get(path).text
    before = drawing._kept.cache_info()
    assert "Foxglove" in client.post(path, data=TYPED).text
    assert drawing._kept.cache_info() == before
    assert client.get(path).text == blank
