"""What a mail server is sent besides the words: a number that stays the same, a date, headers of the office's own."""

import gc
import socket
import ssl
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.mail import why_unusable
from notifications.outcome import DeliveryStatus, Outcome
from notifications.send import send
from tests.notifications.servers import PostOffice
from tests.notifications.test_servers import self_signed

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
Serve = Callable[..., int]
Live = Callable[..., Delivery]


@pytest.fixture
def encrypted(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of an encrypted line, for 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(self_signed(tmp_path))
    return context


@pytest.fixture
def trusted(encrypted: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """We take its certificate for true."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))


def test_a_repeat_has_the_message_id_of_the_first_and_another_text_has_its_own(
    serve: Serve, live: Live, letter: Letter
) -> None:
    """Mail programs drop what bears an id that they have seen: never may that be a letter of other words."""
    office = PostOffice(data=("drop",))
    delivery = live(f"mailto://127.0.0.1:{serve(office)}")
    others = [replace(letter, text="Other words"), replace(letter, to="deputy@police.example.org")]
    for each in (letter, letter, *others):
        send(each, delivery, now=NOW)

    first, again, *rest = [mail["Message-ID"] for mail in office.mails]
    assert first == again
    assert len({first, *rest}) == 3
    assert first.endswith("@partnership.example.org>")


def test_a_letter_bears_the_moment_at_which_it_is_sent(serve: Serve, live: Live, letter: Letter) -> None:
    office = PostOffice()
    port = serve(office)
    for query in ("", "?tz=UTC"):
        send(letter, live(f"mailto://127.0.0.1:{port}/{query}"), now=NOW)

    assert [mail["Date"] for mail in office.mails] == [
        "Thu, 14 May 2026 09:30:00 +0100",
        "Thu, 14 May 2026 08:30:00 +0000",
    ]


def test_the_office_s_own_headers_go_along(serve: Serve, live: Live, letter: Letter) -> None:
    office = PostOffice()
    query = "reply=Reviews%20North<north@partnership.example.org>,b@partnership.example.org&+X-Team=Gogledd%20T%C5%B7"
    send(letter, live(f"mailto://127.0.0.1:{serve(office)}?{query}"), now=NOW)

    [mail] = office.mails
    assert set(str(mail["Reply-To"]).split(", ")) == {
        "Reviews North <north@partnership.example.org>",
        "b@partnership.example.org",
    }
    assert (mail["X-Team"], mail["X-Application"]) == ("Gogledd Tŷ", "reviewflow")


def test_no_line_is_longer_than_a_mail_server_takes(serve: Serve, live: Live, letter: Letter) -> None:
    office = PostOffice()
    long = replace(letter, subject="福" * 200, text="dŵr " * 1000)
    send(long, live(f"mailto://127.0.0.1:{serve(office)}"), now=NOW)

    [mail], [envelope] = office.mails, office.envelopes
    assert isinstance(envelope.content, bytes)
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.splitlines())) <= 78
    assert mail["Subject"] == long.subject


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_whoever_signs_in_does_so_on_an_encrypted_line(
    serve: Serve, live: Live, letter: Letter, encrypted: ssl.SSLContext, mode: str
) -> None:
    office, seen = PostOffice(), []

    def let_in(*given: Any) -> AuthResult:
        seen.append((given[1].ssl is not None or mode == "ssl", given[4].login, given[4].password))
        return AuthResult(success=True)

    line = {"ssl_context": encrypted, "auth_require_tls": False} if mode == "ssl" else {"tls_context": encrypted}
    port = serve(office, authenticator=let_in, **line)
    outcome = send(letter, live(f"mailtos://reviews:s%40cret@127.0.0.1:{port}?mode={mode}"), now=NOW)

    assert outcome.verdict is DeliveryStatus.SENT
    assert seen == [(True, b"reviews", b"s@cret")]
    assert len(office.envelopes) == 1


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_a_server_that_cannot_prove_who_it_is_is_told_nothing(
    serve: Serve, live: Live, letter: Letter, encrypted: ssl.SSLContext, mode: str
) -> None:
    office = PostOffice()
    port = serve(office, **{"ssl_context" if mode == "ssl" else "tls_context": encrypted})
    outcome = left_open_by(lambda: send(letter, live(f"mailtos://u:p@127.0.0.1:{port}?mode={mode}"), now=NOW))

    assert outcome.detail.startswith("No safe connection")
    assert office.envelopes == []


@pytest.mark.parametrize("manners", [{"data": ("drop",)}, {"data": ("hang",)}, {"rude": True}, {"rcpt": ("550 No",)}])
def test_no_line_stays_open_whatever_the_server_does(
    serve: Serve, live: Live, letter: Letter, manners: dict[str, Any]
) -> None:
    port = serve(PostOffice(**manners))
    outcome = left_open_by(lambda: send(letter, live(f"mailto://127.0.0.1:{port}", patience=0.2), now=NOW))

    assert outcome.verdict is not DeliveryStatus.HELD


def test_no_line_stays_open_to_a_server_that_never_greets(live: Live, letter: Letter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"mailto://127.0.0.1:{mute.getsockname()[1]}"
        assert left_open_by(lambda: send(letter, live(url, patience=0.2), now=NOW)).verdict is DeliveryStatus.RETRY


def left_open_by(sending: Callable[[], Outcome]) -> Outcome:
    """What came of it; fails when a socket was left to the garbage collector."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        outcome = sending()
        gc.collect()
    assert [str(each.message) for each in warned if each.category is ResourceWarning] == []
    return outcome


@pytest.mark.parametrize("query", ["pgp=encrypt", "pgp=sign", "wkd=yes"])
def test_what_a_letter_cannot_have_is_refused_rather_than_left_out(live: Live, query: str) -> None:
    assert "asks for PGP" in str(why_unusable(live(f"mailtos://u:p@mail.example.org?{query}")))


@pytest.mark.parametrize("url", ["lettermail://mail.example.org", "lettermail://mail.example.org?+Bcc=a@b.example.org"])
def test_our_service_is_reached_by_no_other_url(live: Live, url: str) -> None:
    assert "not one that Apprise knows" in str(why_unusable(live(url)))
