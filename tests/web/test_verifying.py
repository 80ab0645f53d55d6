"""Many actions verified on one page, which opens with a code; one bad row refuses the whole, and nothing is lost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.verifying.test_verdicts import completed, done_plan
from tests.web.letters import Post, address_in

SHIPPED = Path(__file__).parents[2] / "definitions"
CHAIR = "review.group.chair@northmoor-scp.example.org"
LACKING = {
    "by.{}-day": "2",
    "by.{}-month": "11",
    "by.{}-year": "2026",
    "why.{}": "one team only",
    "needed.{}": "others",
}


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, SHIPPED), tmp_path / "letters", datetime(2026, 9, 1, 10, tzinfo=UTC))
    store.close()


@pytest.fixture
def plans(post: Post) -> tuple[str, str]:
    return done_plan(post.workspace), done_plan(post.workspace)


def page_of(post: Post, plan: str, item: str = "verify/1") -> str:
    carry_out(post.workspace, plan, c.ChaseByHand(item), by="t", now=post.now)
    [text] = [text for to, text in post.deliver() if to == CHAIR and plan in text]
    return address_in(text)


def code_in(post: Post) -> str:
    found = re.search(r"The code is ([0-9]{6})\b", post.at_once[-1][2])
    assert found
    return found[1]


def opened(post: Post, client: TestClient, path: str) -> dict[str, str]:
    """The code, and what stands on the page as nobody has changed it."""
    assert f"{path}/verify" in client.get(path).text
    before = client.get(f"{path}/verify").text
    assert "Send the code" in before
    client.post(f"{path}/verify/code")
    return {"code": code_in(post)}


def exception(name: str, **other: str) -> dict[str, str]:
    return {f"v.{name}": "NOT", **{key.format(name): value for key, value in LACKING.items()}, **other}


def test_all_plans_in_one_form(post: Post, plans: tuple[str, str]) -> None:
    one, other = plans
    client, path = post.client(), page_of(post, one)
    code = opened(post, client, path)
    page = client.post(f"{path}/verify", data=code).text
    names = re.findall(r'name="actions" value="([^"]+)"', page)
    assert names == [f"{one}/1", f"{one}/2", f"{other}/1", f"{other}/2"]
    assert page.count("checked") == 4
    assert "Evidence: An audit; SharePoint 14." in page
    sent = {**code, "actions": names, **{f"v.{name}": "EVIDENCED" for name in names}, **exception(f"{other}/2")}
    answered = client.post(f"{path}/verify", data=sent)
    assert f"Verified as evidenced: {one}/1, {one}/2, {other}/1." in answered.text
    assert [event.item for event in completed(post.workspace, one)] == ["verify/1", "verify/2"]
    assert current(post.workspace, other).items["do_action/2"].status is Status.OPEN
    assert sorted(post.followed) == [one, other]
    assert client.post(f"{path}/verify", data=sent).status_code == 409


def test_a_bad_row_refuses_the_whole_and_keeps_what_was_typed(post: Post, plans: tuple[str, str]) -> None:
    one, _ = plans
    client, path = post.client(), page_of(post, one)
    code = opened(post, client, path)
    names = [f"{one}/1", f"{one}/2"]
    sent = {**code, "actions": names, f"v.{one}/1": "EVIDENCED", **exception(f"{one}/2", **{f"needed.{one}/2": ""})}
    refused = client.post(f"{path}/verify", data=sent)
    assert refused.status_code == 422
    assert f"{one}/2: What is still needed is missing." in refused.text
    assert 'value="one team only"' in refused.text
    assert not completed(post.workspace, one)
    old = client.post(f"{path}/verify", data={**sent, "code": "000000"})
    assert (old.status_code, 'value="one team only"' in old.text) == (422, True)
    again = client.post(f"{path}/verify/code", data=sent)
    assert 'value="one team only"' in again.text
    assert not completed(post.workspace, one)


def test_without_the_code_nothing_is_shown_or_recorded(post: Post, plans: tuple[str, str]) -> None:
    one, other = plans
    client, path = post.client(), page_of(post, one)
    opened(post, client, path)
    for code in ("", "000000"):
        page = client.post(f"{path}/verify", data={"code": code})
        assert (page.status_code, other in page.text) == (422, False)
    client.post(f"{path}/verify", data={"code": "000000", "actions": f"{one}/1", f"v.{one}/1": "EVIDENCED"})
    assert not completed(post.workspace, one)


def test_a_page_that_verifies_nothing_has_no_such_page(post: Post, plans: tuple[str, str]) -> None:
    carry_out(post.workspace, plans[0], c.ChaseByHand("all_done"), by="t", now=post.now)
    [text] = [text for to, text in post.deliver() if plans[0] in text and "/a/" in text]
    client, path = post.client(), address_in(text)
    assert "/verify" not in client.get(path).text
    assert client.get(f"{path}/verify").status_code == 404
    assert client.post(f"{path}/verify/code").status_code == 404
