"""A first real letter by each route, over real SMTP and HTTP: what went, what did not, and what is remembered of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from notifications.deliver import deliver_letters
from notifications.settings import delivery_from_environment
from reviewflow.cli import app
from reviewflow.service.delivery.mode import switch
from reviewflow.service.health.routes import routes
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import ROUTE
from reviewflow.store.store import open_store
from tasks.outside.first_letters import KIND, said, try_routes
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.notifications.web import Web, serving
from tests.service.builders import at, opened
from tests.service.conftest import TOY

CHANNELS = """
channels:
  relay: {title: Our mail server, kind: mail}
  team: {title: The office's team, kind: teams, to: [business_manager]}
"""
NOW = at(19)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    store = open_store(f"sqlite:///{tmp_path}/office.db")
    store.migrate()
    yield Workspace(store, folder)
    store.close()


@pytest.fixture
def post() -> Iterator[PostOffice]:
    server = LoopbackServer(post := PostOffice())
    server.start()
    post.port = server.port  # type: ignore[attr-defined]
    yield post
    server.stop()


def environ(post: PostOffice, setting: str = "REVIEWFLOW_MAIL_URL", **more: str) -> dict[str, str]:
    url = f"mailto://127.0.0.1:{post.port}"  # type: ignore[attr-defined]
    return {setting: url, "REVIEWFLOW_SENDER": "office@example.org", **more}


def test_each_route_carries_one_and_is_remembered(office: Workspace, post: PostOffice) -> None:
    path = office.folder / "partnership.yaml"
    path.write_text(path.read_text() + CHANNELS)
    switch(office, Mode.LIVE, by="A. Manager", now=at(5))
    with serving(Web(answers=[(202, {})])) as web:
        team = f"json://127.0.0.1:{web.port}/team"
        settings = environ(post, "REVIEWFLOW_CHANNEL_RELAY_URL", REVIEWFLOW_CHANNEL_TEAM_URL=team)
        tried = try_routes(office, settings, "chair", by="B. Officer", now=NOW)
    assert list(said(tried, "chair")) == [
        "relay (a mail server): went. The mail server took it over.",
        "team (Teams): went. It was taken over.",
        "That it was taken over does not say that it came: ask chair.",
    ]
    [letter] = post.mails
    assert letter["To"] == "chair@scp.example.org"
    assert "B. Officer sends this to see whether letters of Toyshire SCP reach this mailbox by relay." in words(letter)
    assert "Reference TRY-1/relay" in words(letter)
    assert [body["message"] for _, body in web.posts] == [
        "This is a trial of this channel. Nothing is asked of anybody."
    ]
    assert set(office.store.last_done()) == {ROUTE + "relay", ROUTE + "team"}
    assert [entry.body for entry in office.store.noted(KIND)] == ["first letters to chair: relay went; team went"]
    assert [finding.says for finding in routes(office, settings)] == ["Each has carried a real letter"]


def test_what_did_not_go_is_said_and_not_remembered(office: Workspace, post: PostOffice) -> None:
    post.rcpt = ["550 5.1.1 no such mailbox"]
    switch(office, Mode.LIVE, by="A. Manager", now=at(5))
    tried = try_routes(office, environ(post), "police", by="B. Officer", now=NOW)
    [line] = said(tried, "police")
    assert line.startswith("mail server (a mail server): did not go. ")
    assert "550" in line
    assert office.store.last_done() == {}
    [finding] = routes(office, environ(post))
    assert finding.says == "mail server has never carried a real letter"


def test_who_is_not_on_the_guest_list_gets_none(office: Workspace, post: PostOffice, tmp_path: Path) -> None:
    switch(office, Mode.GUEST_LIST, by="A. Manager", now=at(5))
    guests = {"REVIEWFLOW_GUESTS": "chair@scp.example.org", "REVIEWFLOW_OUTBOX_FOLDER": str(tmp_path / "messages")}
    settings = {**environ(post), **guests}
    [held] = try_routes(office, settings, "police", by="B. Officer", now=NOW)
    assert (held.went, post.mails) == (False, [])
    assert held.words.endswith("It is not on the guest list.")
    [went] = try_routes(office, settings, "chair", by="B. Officer", now=NOW)
    assert went.went


def test_nothing_is_tried_in_test_mode_nor_to_who_is_not_known(office: Workspace, post: PostOffice) -> None:
    with pytest.raises(UserError, match=r"Delivery is test: .* To try them with few people first"):
        try_routes(office, environ(post), "chair", by="B. Officer", now=NOW)
    with pytest.raises(
        UserError, match=r'"chiar" is not a post or an agency of partnership.yaml. Did you mean "chair"'
    ):
        try_routes(office, environ(post), "chiar", by="B. Officer", now=NOW)
    assert (post.mails, office.store.noted()) == ([], [])


def test_the_command_says_who_must_be_named_and_what_to_do_in_test_mode(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/office.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(office.folder))
    assert "Name a post or agency" in str(CliRunner().invoke(app, ["delivery", "try", "--by", "B. Officer"]).exception)
    done = CliRunner().invoke(app, ["delivery", "try", "--to", "chair", "--by", "B. Officer"])
    assert done.exit_code == 1
    assert "Delivery is test" in capfd.readouterr().err


def test_a_letter_of_a_case_counts_too(office: Workspace, post: PostOffice) -> None:
    opened(office)
    switch(office, Mode.LIVE, by="A. Manager", now=at(5))
    deliver_letters(office, delivery_from_environment(environ(post), Mode.LIVE), clock=lambda: NOW)
    assert post.mails
    assert office.store.last_done()[ROUTE + "mail server"].at == "2026-05-19T10:00:00+00:00"
