"""An agency opens a case of its own on the page of its standing link."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.door.standing import standing_address, withdraw_standing
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at
from tests.web.letters import Post

SHIPPED = Path(__file__).parents[2] / "definitions"
ALWAYS = {"f.safe_now": "yes", "f.approved": "yes", "f.paper": "SEC-0142", "f.wished": "not_sure"}
CONCERN = {
    **ALWAYS,
    "f.about": "concern",
    "f.serious": "in_doubt",
    "f.aware_on-day": "1",
    "f.aware_on-month": "5",
    "f.aware_on-year": "2026",
    "f.other_children": "no",
    "f.harm": "neglect",
    "f.concern": "information",
    "f.parallel": "nothing_known",
    "others": "police",
}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, SHIPPED), tmp_path / "letters", at(5))
    store.close()


def page_of(post: Post, agency: str = "education") -> str:
    return standing_address(post.workspace, post.door, "referral", agency).removeprefix(post.door.url)


def cases(post: Post) -> list[str]:
    return [row.reference for row in post.workspace.store.cases(None)]


def test_a_referral_comes_through_the_link_and_is_acknowledged(post: Post) -> None:
    client, path = post.client(), page_of(post)
    page = client.get(path)
    assert page.status_code == 200
    assert "Northmoor Education Service" in page.text
    assert "f.referred_by" not in page.text
    assert "Who refers it?" not in page.text
    assert cases(post) == []
    once = re.findall(r'name="once" value="(\w+)"', page.text)[0]
    for _ in range(2):
        sent = client.post(path, data={**CONCERN, "once": once})
        assert "Its reference is REF-2026-001" in sent.text
    assert cases(post) == ["REF-2026-001"]
    events = post.workspace.store.events("REF-2026-001")
    [taken] = [event for event in events if event.kind == "Completed"]
    assert taken.by == "Northmoor Education Service"
    [(to, text)] = [(to, text) for to, text in post.deliver() if "your referral has come" in text]
    assert to == post.workspace.partnership.agencies["education"].contact
    assert "REF-2026-001" in text


def test_what_does_not_apply_is_not_asked_and_what_is_missing_is_told_with_what_was_typed(post: Post) -> None:
    client, path = post.client(), page_of(post)
    assert "f.better_for" not in client.get(path).text
    asked = client.post(path, data={**ALWAYS, "f.about": "good_outcome"})
    assert "lead to more questions" in asked.text
    assert "f.better_for" in asked.text
    wrong = client.post(
        path,
        data={
            **ALWAYS,
            "f.paper": "",
            "f.about": "good_outcome",
            "shown": ["paper", "better_for", "known_by", "made_possible"],
        },
    )
    assert wrong.status_code == 422
    assert 'href="#f.paper"' in wrong.text
    assert 'value="good_outcome" checked' in wrong.text
    assert cases(post) == []


def test_text_that_could_identify_a_child_is_refused_and_opens_nothing(post: Post) -> None:
    client, path = post.client(), page_of(post)
    page = client.post(path, data={**CONCERN, "f.paper": "Jayden, aged 4", "shown": ["paper"]})
    assert page.status_code == 422
    assert cases(post) == []


def test_a_link_is_one_agencys_and_ends_when_it_is_withdrawn(post: Post) -> None:
    client, path = post.client(), page_of(post)
    assert page_of(post, "police") != path
    withdraw_standing(post.workspace, "referral", "education", by="A. Officer", now=post.now)
    assert client.get(path).status_code == 404
    assert client.post(path, data=CONCERN).status_code == 404
    assert client.get(page_of(post)).status_code == 200
    assert client.get(f"{page_of(post)}X").status_code == 404


def test_what_nobody_opens_so_and_who_is_no_agency_are_told(post: Post) -> None:
    with pytest.raises(UserError, match="They do of: referral"):
        standing_address(post.workspace, post.door, "cspr", "police")
    with pytest.raises(UserError, match="is not an agency"):
        standing_address(post.workspace, post.door, "referral", "polcie")
    with pytest.raises(UserError, match="--by NAME"):
        withdraw_standing(post.workspace, "referral", "police", by=" ", now=post.now)
