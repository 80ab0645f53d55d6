"""What stands before the pages: headers on all, limits of number and length, hostile text, nothing for guessers."""

import logging

import pytest
from starlette.testclient import TestClient

from reviewflow.store.errors import StoreUnavailable
from reviewflow.web.guard import HEADERS, MOST_BYTES, Rates
from tests.service.builders import done
from tests.web.letters import POLICE, Post, asked, item

HOSTILE = "<script>alert(1)</script>\"'{{7*7}}"


def kept(path: str) -> dict[str, str]:
    return {"Cache-Control": "max-age=3600"} if path.startswith("/static/") else {}


def test_every_reply_has_the_headers_and_none_sets_a_cookie(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    replies = [
        client.get(path),
        client.get("/static/govuk.css"),
        client.get("/nowhere"),
        client.post(path, data={}),
        client.post(f"{path}/working"),
        client.get(path, headers={"host": "elsewhere.example.org"}),
    ]
    assert [reply.status_code for reply in replies] == [200, 200, 404, 422, 303, 400]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS | kept(reply.url.path)
        assert "set-cookie" not in reply.headers
        assert "server" not in reply.headers


def test_whoever_guesses_learns_nothing(post: Post, case: str) -> None:
    """Unknown, ended, withdrawn, of another key or no token at all: the same page, by GET and by POST."""
    client, path = post.client(), asked(post)
    guesses = [f"{path[:-4]}0000", "/a/short", "/a/", f"/a/{'A' * 26}", "/a/..%2f..%2fetc", f"/a/{'A' * 500}"]
    pages = {client.get(guess).text for guess in guesses} | {client.post(guesses[0], data={}).text}
    post.workspace.store.withdraw_links(POLICE, now="2026-05-12T10:00:00+00:00")
    pages.add(client.get(path).text)
    assert len(pages) == 1
    [page] = pages
    assert "This address opens nothing" in page
    assert case not in page


def test_who_asks_too_often_waits(post: Post, case: str) -> None:
    post.rates = Rates(per_client="1000/minute", per_address="3/minute")
    client, path = post.client(), asked(post)
    assert [client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.post(path, data={}).status_code == 429
    post.rates = Rates(per_client="5/minute", per_address="1000/minute")
    client = post.client()
    assert [client.get(f"/a/{number:026d}").status_code for number in range(6)] == [404] * 5 + [429]


def test_what_looks_the_same_for_all_is_not_counted(post: Post, case: str) -> None:
    post.rates = Rates(per_client="1000/minute", per_address="3/minute")
    client, path = post.client(), asked(post)
    assert [client.get("/static/govuk.css").status_code for _ in range(5)] == [200] * 5
    suffixes = ("", "/day.ics", "/all", "/papers/x")
    assert [client.get(f"{path}{suffix}").status_code for suffix in suffixes] == [200, 200, 200, 429]


def test_when_the_office_cannot_be_reached_that_is_said_kindly(
    post: Post, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = asked(post)
    client = TestClient(post.app, base_url=post.url, raise_server_exceptions=False)

    def unavailable(_: str) -> None:
        raise StoreUnavailable("postgresql://user:password@host is down")

    monkeypatch.setattr(post.workspace.store, "link", unavailable)
    page = client.get(path)
    assert (page.status_code, "We cannot be reached" in page.text, "password" in page.text) == (503, True, False)
    assert page.headers["cache-control"] == "no-store"


def test_what_is_too_long_is_not_read(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    assert client.post(path, data={"f.kind": "x" * MOST_BYTES}).status_code == 413
    assert client.post(path, content=(b"x" * 1000 for _ in range(MOST_BYTES // 1000 + 2))).status_code == 413
    assert item(post, case).status == "open"


def test_hostile_text_stays_text(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    typed = {"why": HOSTILE, "until-day": HOSTILE, "until-month": "5", "until-year": "2026"}
    page = client.post(f"{path}/time", data=typed).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "49" not in page.partition("<main")[2].partition("govuk-details")[0]
    client.post(f"{path}/time", data={"why": HOSTILE, "until-day": "18", "until-month": "5", "until-year": "2026"})
    assert "<script>" not in client.get(path).text
    assert "<script>" not in client.get(f"{path}?told={HOSTILE}").text


def test_no_log_holds_an_address(post: Post, case: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client, path = post.client(), asked(post)
    client.get(path)
    client.post(f"{path}/working")
    client.get(f"{path[:-4]}0000")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx2", "httpcore2"))]
    assert not [line for line in ours if path[3:20] in line]


def test_a_paper_is_given_to_its_own_agency_only(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    folder = post.folder / "papers" / case
    folder.mkdir(parents=True)
    for name in ("request-police.docx", "request-health.docx", "agenda.docx", "request-police.part"):
        (folder / name).write_bytes(b"paper")
    page = client.get(path).text
    assert "Request (Word, 1 kB)" in page
    assert client.get(f"{path}/papers/request-police.docx").content == b"paper"
    for other in ("request-health.docx", "agenda.docx", "request-police.part", "..%2f..%2fletters"):
        assert client.get(f"{path}/papers/{other}").status_code == 404


def test_what_was_answered_elsewhere_is_said_kindly(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    done(post.workspace, case, "agency_return/police", post.now)
    late = client.post(path, data={"f.kind": "nil", "f.quality_assured": "yes"})
    assert late.status_code == 409
    assert "Thank you, this is answered" in late.text
