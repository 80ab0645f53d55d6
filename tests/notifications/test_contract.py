"""What we take for granted of Apprise. When an upgrade breaks one of these, `notifications` has to change."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

import pytest
import requests
from apprise import (
    LOGGER_NAME,
    Apprise,
    AppriseAsset,
    AppriseResultStatus,
    NotifyBase,
    NotifyFormat,
    PersistentStoreMode,
)
from apprise.manager_plugins import NotificationManager
from apprise.plugins import url_to_dict
from apprise.plugins.email import NotifyEmail

from notifications.delivery import Delivery
from notifications.hearing import listening
from notifications.mail import _asset, route_to
from notifications.services.govuk_notify import NotifyGovUk
from notifications.services.mail_server import SCHEMA, NotifyMailServer
from notifications.services.own import register
from tests.notifications.web import Web, serving

Live = Callable[..., Delivery]
UUID = "5f9b7f6e-0c0e-4c1d-9d6f-2d8b9f0a1b2c"
WORDS = "  :smile: <b>&amp;</b> \\n *x* dŵr\n\n" + "y" * 100_000
WITHIN: ContextVar[str] = ContextVar("WITHIN", default="outside")


class Recording(NotifyBase):
    """A service that keeps what it is handed and answers as a test tells it."""

    service_name = "Recording"
    secure_protocol = "contractrecording"
    request_rate_per_sec = 0
    handed: list[dict[str, Any]]
    answer: bool | Exception = True
    release: threading.Event | None = None

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.handed, self.done = [], threading.Event()

    def send(self, **given: Any) -> bool:
        if self.release is not None:
            assert self.release.wait(30)
        self.handed.append({**given, "thread": threading.get_ident(), "within": WITHIN.get()})
        self.done.set()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:
        return f"contractrecording://{'****' if privacy else 'secret'}@host"


@pytest.fixture
def service() -> Iterator[Recording]:
    """Registered with Apprise as our own are, with what a mail URL could try on it."""
    register(Recording)
    tried = url_to_dict("contractrecording://host?retry=2&wait=0&optional=yes&emojis=yes&format=html&overflow=split")
    fixed = {"retry": 0, "optional": "no", "format": NotifyFormat.TEXT, "overflow": "upstream", "cto": 7.0, "rto": 8.0}
    made = Apprise.instantiate(tried | fixed, asset=_asset())
    assert isinstance(made, Recording)
    yield made
    NotificationManager().remove(Recording.secure_protocol)


def notify(service: NotifyBase, body: str = WORDS, title: str = " Title ") -> Any:
    postbox = Apprise(asset=service.asset)
    postbox.add(service)
    return postbox.notify(body=body, title=title, body_format=NotifyFormat.TEXT)


def test_a_result_is_true_when_and_only_when_the_service_took_it(service: Recording) -> None:
    assert notify(service)
    service.answer = False
    assert not notify(service)
    service.answer = RuntimeError("a bug in a service")
    assert not notify(service)


def test_nobody_to_tell_is_no_success() -> None:
    told = Apprise(asset=_asset()).notify(body="x", body_format=NotifyFormat.TEXT)
    assert told.status is AppriseResultStatus.NOMATCH
    assert not told


@pytest.mark.parametrize("answer", [True, False, RuntimeError()])
def test_a_send_is_one_send_whatever_the_url_says_and_comes_of_it(service: Recording, answer: bool | Exception) -> None:
    service.answer = answer
    notify(service)
    assert len(service.handed) == 1
    assert (service.retry, service.optional, service.notify_format) == (0, False, NotifyFormat.TEXT)


def test_the_words_arrive_whole_and_as_they_are_but_for_the_space_around_them(service: Recording) -> None:
    notify(service)
    [handed] = service.handed
    assert (handed["title"], handed["body"]) == ("Title", WORDS.rstrip())


def test_a_service_is_given_the_patience_that_we_set(service: Recording) -> None:
    assert (service.socket_connect_timeout, service.socket_read_timeout) == (7.0, 8.0)


def test_a_send_runs_in_our_thread_and_in_our_context(service: Recording) -> None:
    token = WITHIN.set("inside")
    notify(service)
    WITHIN.reset(token)
    assert [(each["thread"], each["within"]) for each in service.handed] == [(threading.get_ident(), "inside")]


def test_with_a_time_limit_of_its_own_apprise_says_no_of_what_it_then_sends(service: Recording) -> None:
    """Why we give it none: what was called not sent would be sent, and then sent again."""
    assert AppriseAsset()._service_timeout > 0
    assert _asset()._service_timeout == 0
    service.asset = AppriseAsset(async_mode=False, service_timeout=0.5)
    service.release = threading.Event()
    token = WITHIN.set("inside")
    assert not notify(service)
    service.release.set()
    assert service.done.wait(30)
    WITHIN.reset(token)
    assert service.handed[0]["thread"] != threading.get_ident()
    assert service.handed[0]["within"] == "inside"  # what is logged there would be kept quiet all the same


def test_what_a_result_says_of_a_service_holds_no_secret(service: Recording) -> None:
    [told] = notify(service)
    assert told.url == "contractrecording://****@host"


@pytest.mark.parametrize(
    "url",
    [
        "mailtos://reviews:SECRET@mail.example.org",
        "o365://reviews@example.org/tenant-id/client-id/SECRET",
        f"govnotify://{UUID}/SECRET-{UUID}-{UUID}",
    ],
)
def test_a_service_keeps_nothing_on_disk_and_shows_no_secret(live: Live, url: str) -> None:
    route = route_to(live(url), "somebody@example.org")
    assert route.store.mode is PersistentStoreMode.MEMORY
    assert "SECRET" not in route.url(privacy=True)


@pytest.mark.parametrize(
    ("url", "where", "who"),
    [
        ("mailto://relay.example.org", ("relay.example.org", 25, "insecure"), (None, None)),
        ("mailto://relay.example.org:2525", ("relay.example.org", 2525, "insecure"), (None, None)),
        ("mailtos://u:p@mail.example.org", ("mail.example.org", 587, "starttls"), ("u", "p")),
        ("mailtos://u:p@mail.example.org:25", ("mail.example.org", 25, "starttls"), ("u", "p")),
        ("mailtos://u:p@mail.example.org?mode=ssl", ("mail.example.org", 465, "ssl"), ("u", "p")),
        ("mailto://u:p@mail.example.org?mode=starttls", ("mail.example.org", 587, "starttls"), ("u", "p")),
        ("mailtos://u:p@example.org?smtp=relay.example.org", ("relay.example.org", 587, "starttls"), ("u", "p")),
        (
            "mailtos://u%40example.org:p%40%2F@mx.example.org",
            ("mx.example.org", 587, "starttls"),
            ("u@example.org", "p@/"),
        ),
        ("mailtos://me:p@gmail.com", ("smtp.gmail.com", 587, "starttls"), ("me@gmail.com", "p")),
        ("mailtos://me:p@office365.com", ("smtp.office365.com", 587, "starttls"), ("me", "p")),
    ],
)
def test_a_mail_url_says_what_it_always_said(
    live: Live, url: str, where: tuple[str, int, str], who: tuple[str | None, str | None]
) -> None:
    route = route_to(live(url), "somebody@example.org")
    assert isinstance(route, NotifyMailServer)
    assert (route.smtp_host, route.port, route.secure_mode) == where
    assert (route.user, route.password) == who
    assert route.verify_certificate


def test_a_mail_url_says_who_is_answered_and_which_headers_go_along(live: Live) -> None:
    url = (
        "mailto://h.example.org?reply=Ann%20Other<ann@x.example.org>,b@x.example.org&+X-Team=north&name=N&from=a@b.org"
    )
    route: Any = route_to(live(url), "somebody@example.org")
    assert route.reply_to == {"ann@x.example.org", "b@x.example.org"}
    assert route.names["ann@x.example.org"] == "Ann Other"
    assert (route.headers, route.app_id, str(route.tzinfo)) == ({"X-Team": "north"}, "reviewflow", "Europe/London")


def test_a_url_that_apprise_does_not_know_is_told_by_none() -> None:
    with listening():
        assert url_to_dict("nonsense://x") is None
        assert url_to_dict("x") is None
        assert Apprise.instantiate("mailtos://u:p@mail.example.org?mode=sideways", asset=_asset()) is None


def test_recipients_in_a_mail_url_show_before_anything_is_made_of_it() -> None:
    parts = url_to_dict(
        "mailto://h.example.org/a@x.example.org?to=b@x.example.org&cc=c@x.example.org&bcc=d@x.example.org"
    )
    assert parts["targets"] == ["a@x.example.org", "b@x.example.org"]
    assert (parts["cc"], parts["bcc"]) == ("c@x.example.org", "d@x.example.org")


@pytest.mark.parametrize("service", [NotifyMailServer, NotifyGovUk])
def test_services_of_ours_stand_beside_those_of_apprise(service: Any) -> None:
    services = NotificationManager()
    assert services[service.secure_protocol] is service
    assert services["mailto"] is services["mailtos"] is NotifyEmail
    assert SCHEMA not in {"mailto", "mailtos"}


def test_all_of_apprise_logs_under_one_name() -> None:
    """What is kept quiet is that one logger's."""
    loggers = {
        value
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == "apprise"
        for value in vars(module).values()
        if isinstance(value, logging.Logger)
    }
    assert loggers | {NotifyBase.logger} == {logging.getLogger(LOGGER_NAME)}


def test_a_service_of_apprise_s_own_logs_an_error_while_it_deals_with_it() -> None:
    """The only way to learn why o365:// and its like failed."""
    nowhere = Apprise.instantiate("json://127.0.0.1:1", asset=_asset())
    assert nowhere is not None
    with listening() as heard:
        assert not notify(nowhere, "x")
    assert isinstance(heard.last, requests.ConnectionError)


@pytest.mark.parametrize(("tries", "told"), [(2, True), (3, False)])
def test_a_word_on_another_channel_is_said_again_as_often_as_the_asset_says(tries: int, *, told: bool) -> None:
    asset = _asset()
    asset.default_service_retry, asset.default_service_wait = 2, 0
    with serving(Web(answers=[(503, {})] * tries)) as web, listening():
        channel = Apprise.instantiate(f"json://127.0.0.1:{web.port}", asset=asset)
        assert channel is not None
        assert bool(notify(channel, "x")) is told
    assert len(web.posts) == 3
