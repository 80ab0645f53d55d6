"""What real mail servers say, and what we make of it."""

import logging
import smtplib
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.delivery import Delivery
from notifications.hearing import listening
from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus, Outcome
from notifications.send import send
from notifications.smtp import explain
from tests.notifications.servers import PostOffice, parsed, words

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
Serve = Callable[..., int]
Live = Callable[..., Delivery]


@pytest.fixture
def post(serve: Serve, live: Live, letter: Letter) -> Callable[[PostOffice], Outcome]:
    """Send the letter to a server with these manners."""
    return lambda office: send(letter, live(f"mailto://127.0.0.1:{serve(office)}"), now=NOW)


def test_an_accepted_letter_is_sent_once_to_one_person_only(post: Callable[..., Outcome], letter: Letter) -> None:
    office = PostOffice()

    assert post(office) == Outcome(DeliveryStatus.SENT, "The mail server took it over.")

    [envelope] = office.envelopes
    assert envelope.rcpt_tos == [letter.to]
    assert envelope.mail_from == "reviews@partnership.example.org"


def test_a_mail_is_plain_text_and_known_by_its_reference(post: Callable[..., Outcome], letter: Letter) -> None:
    office = PostOffice()
    post(office)

    [mail] = office.mails
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert words(mail).rstrip() == letter.body.rstrip()
    assert words(mail).rstrip().endswith("\n\nReference RR-2026-001/14.1")
    assert {name: mail[name] for name in ("To", "From", "Subject", "X-Reviewflow-Reference", "Auto-Submitted")} == {
        "To": letter.to,
        "From": "Safeguarding reviews <reviews@partnership.example.org>",
        "Subject": letter.subject,
        "X-Reviewflow-Reference": "RR-2026-001/14.1",
        "Auto-Submitted": "auto-generated",
    }
    assert "apprise" not in mail.as_string().lower()


def test_the_folder_shows_what_the_mail_says(post: Callable[..., Outcome], letter: Letter, rehearsal: Delivery) -> None:
    office = PostOffice()
    post(office)
    send(letter, rehearsal, now=NOW)

    [mail], [path] = office.mails, rehearsal.folder.iterdir()
    held = parsed(path.read_bytes())
    assert words(held).rstrip() == words(mail).rstrip()
    for name in ("From", "To", "Subject", "X-Reviewflow-Reference", "Auto-Submitted"):
        assert held[name] == mail[name]


@pytest.mark.parametrize("address", ["o'brien@police.example.org", "jo.d'arcy+lscp@x.example.org", "a@b.xn--p1ai"])
def test_the_mail_goes_to_the_address_as_it_is_written(serve: Serve, live: Live, letter: Letter, address: str) -> None:
    """Apprise by itself mails o'brien's letters to brien, who is somebody else."""
    office = PostOffice()
    send(replace(letter, to=address), live(f"mailto://127.0.0.1:{serve(office)}"), now=NOW)

    assert [envelope.rcpt_tos for envelope in office.envelopes] == [[address]]
    assert office.mails[0]["To"] == address


def test_words_outside_ascii_arrive(serve: Serve, live: Live, letter: Letter) -> None:
    office = PostOffice()
    subject = "Adolygiad ymarfer: crynodeb yr asiantaeth: dŵr, tŷ, 福祉 " * 3
    send(replace(letter, subject=subject), live(f"mailto://127.0.0.1:{serve(office)}"), now=NOW)

    assert office.mails[0]["Subject"] == subject.strip()


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "551 Not here", "552 5.2.2 Full", "553 Bad", "554 No"])
def test_a_refused_mailbox_is_refused_for_good(post: Callable[..., Outcome], answer: str) -> None:
    outcome = post(PostOffice(rcpt=(answer,)))

    assert outcome.verdict is DeliveryStatus.REFUSED
    assert outcome.detail.startswith("The mail server refused this address for good")
    assert answer[:3] in outcome.detail


def test_the_detail_has_the_servers_numbers_and_not_its_words(post: Callable[..., Outcome]) -> None:
    outcome = post(PostOffice(rcpt=("550 5.1.1 <jane.doe@secret.example.org> unknown",)))

    assert outcome.detail == "The mail server refused this address for good (550 5.1.1)."


def test_a_refused_message_is_refused_for_good(post: Callable[..., Outcome]) -> None:
    outcome = post(PostOffice(data=("554 5.7.1 Looks like spam",)))

    assert outcome == Outcome(DeliveryStatus.REFUSED, "The mail server refused this message for good (554 5.7.1).")


@pytest.mark.parametrize("answer", ["421 Closing", "450 4.2.0 Greylisted", "451 4.7.1 Later", "452 4.2.2 Full"])
def test_a_server_that_says_later_is_tried_again(serve: Serve, live: Live, letter: Letter, answer: str) -> None:
    office = PostOffice(rcpt=(answer,))
    delivery = live(f"mailto://127.0.0.1:{serve(office)}")

    first = send(letter, delivery, now=NOW)
    second = send(letter, delivery, now=NOW + timedelta(minutes=1))

    assert (first.verdict, second.verdict) == (DeliveryStatus.RETRY, DeliveryStatus.SENT)
    assert answer[:3] in first.detail
    assert len(office.envelopes) == 1


def test_later_for_the_message_is_tried_again(post: Callable[..., Outcome]) -> None:
    assert post(PostOffice(data=("451 4.3.0 Queue is full",))).verdict is DeliveryStatus.RETRY


def test_a_server_that_wants_a_sign_in_first_is_our_trouble_and_not_the_mailboxs(post: Callable[..., Outcome]) -> None:
    outcome = post(PostOffice(rcpt=("530 5.7.0 Authentication required",)))

    assert outcome.verdict is DeliveryStatus.RETRY
    assert "mail settings" in outcome.detail


def test_a_line_that_breaks_after_the_message_may_bring_it_twice(serve: Serve, live: Live, letter: Letter) -> None:
    office = PostOffice(data=("drop",))
    delivery = live(f"mailto://127.0.0.1:{serve(office)}")

    first = send(letter, delivery, now=NOW)
    second = send(letter, delivery, now=NOW + timedelta(minutes=1))

    assert (first.verdict, second.verdict) == (DeliveryStatus.RETRY, DeliveryStatus.SENT)
    assert "twice" in first.detail
    assert [mail["X-Reviewflow-Reference"] for mail in office.mails] == ["RR-2026-001/14.1"] * 2


def test_a_line_that_breaks_after_the_answer_does_no_harm(post: Callable[..., Outcome]) -> None:
    assert post(PostOffice(rude=True)).verdict is DeliveryStatus.SENT


def test_a_server_that_falls_silent_is_tried_again(serve: Serve, live: Live, letter: Letter) -> None:
    delivery = live(f"mailto://127.0.0.1:{serve(PostOffice(data=('hang',)))}", patience=0.2)

    assert send(letter, delivery, now=NOW).verdict is DeliveryStatus.RETRY


def test_a_server_that_never_greets_is_tried_again(live: Live, letter: Letter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        outcome = send(letter, live(f"mailto://127.0.0.1:{mute.getsockname()[1]}", patience=0.2), now=NOW)

    assert outcome.verdict is DeliveryStatus.RETRY


def test_a_dead_host_is_tried_again(live: Live, letter: Letter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    outcome = send(letter, live(f"mailto://127.0.0.1:{port}"), now=NOW)
    assert outcome == Outcome(DeliveryStatus.RETRY, "The mail server could not be reached.")


def test_a_wrong_password_is_our_trouble(serve: Serve, live: Live, letter: Letter) -> None:
    refuse = {"authenticator": lambda *_: AuthResult(success=False, handled=False), "auth_require_tls": False}
    port = serve(PostOffice(), **refuse)

    outcome = send(letter, live(f"mailto://reviews:wrong@127.0.0.1:{port}"), now=NOW)

    assert outcome.verdict is DeliveryStatus.RETRY
    assert outcome.detail.startswith("The mail server did not accept our sign-in (535)")


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked_for(
    serve: Serve, live: Live, letter: Letter
) -> None:
    office = PostOffice()
    outcome = send(letter, live(f"mailtos://127.0.0.1:{serve(office)}"), now=NOW)

    assert outcome.verdict is DeliveryStatus.RETRY
    assert "does not offer" in outcome.detail
    assert office.envelopes == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def encrypting(serve: Serve, certificate: Path) -> tuple[PostOffice, str]:
    """A server that offers STARTTLS; its post office and mail URL."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    office = PostOffice()
    return office, f"mailtos://127.0.0.1:{serve(office, tls_context=context)}"


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    encrypting: tuple[PostOffice, str], live: Live, letter: Letter
) -> None:
    office, url = encrypting
    outcome = send(letter, live(url), now=NOW)

    assert outcome.verdict is DeliveryStatus.RETRY
    assert outcome.detail.startswith("No safe connection")
    assert office.envelopes == []


def test_a_server_that_proves_who_it_is_gets_the_letter_encrypted(
    encrypting: tuple[PostOffice, str], certificate: Path, live: Live, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, url = encrypting
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert send(letter, live(url), now=NOW).verdict is DeliveryStatus.SENT
    assert len(office.envelopes) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(), "The name of the mail server was not found."),
        (TimeoutError(), "The mail server did not answer in time."),
        (OSError(), "The mail server could not be reached."),
        (smtplib.SMTPConnectError(554, b"Go away"), "does not let us send as we do (554)"),
        (smtplib.SMTPHeloError(421, b"Busy"), "takes nothing from us just now (421)"),
        (smtplib.SMTPSenderRefused(550, b"No", "a@b"), "does not let us send as we do (550)"),
        (smtplib.SMTPSenderRefused(451, b"No", "a@b"), "takes nothing from us just now (451)"),
        (smtplib.SMTPAuthenticationError(454, b"Later"), "takes nothing from us just now (454)"),
        (None, "The message was not taken, and no reason was given."),
    ],
)
def test_trouble_that_is_not_about_the_letter_may_pass(error: BaseException | None, said: str) -> None:
    outcome = explain(error)

    assert outcome.verdict is DeliveryStatus.RETRY
    assert said in outcome.detail


@pytest.mark.parametrize("trick", ["optional=yes", "retry=2&wait=0", "format=html", "emojis=yes&overflow=split"])
def test_the_mail_url_cannot_bend_the_rules(serve: Serve, live: Live, letter: Letter, trick: str) -> None:
    """With optional=yes Apprise calls a failure a success, with retry= it sends twice."""
    office = PostOffice(rcpt=("550 No", "250 OK", "250 OK"))
    delivery = live(f"mailto://127.0.0.1:{serve(office)}/?{trick}")

    assert send(letter, delivery, now=NOW).verdict is DeliveryStatus.REFUSED
    assert office.envelopes == []
    assert send(replace(letter, text=":smile: <b>"), delivery, now=NOW).verdict is DeliveryStatus.SENT
    assert words(office.mails[0]).startswith(":smile: <b>\n")


def test_letters_at_the_same_time_do_not_mix_up_their_answers(serve: Serve, live: Live, letter: Letter) -> None:
    good = live(f"mailto://127.0.0.1:{serve(PostOffice())}")
    bad = live(f"mailto://127.0.0.1:{serve(PostOffice(rcpt=('550 No',) * 20))}")

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda delivery: send(letter, delivery, now=NOW).verdict, [good, bad] * 8))

    assert outcomes == [DeliveryStatus.SENT, DeliveryStatus.REFUSED] * 8


def test_a_refusal_is_heard_where_loggers_are_turned_off(
    post: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("apprise"), "disabled", True)

    assert post(PostOffice(rcpt=("550 No",))).verdict is DeliveryStatus.REFUSED


def test_an_error_that_the_caller_was_dealing_with_is_not_taken_for_ours() -> None:
    try:
        Path("no such folder/file").read_bytes()
    except OSError:
        with listening() as heard:
            logging.getLogger("apprise").warning("no error of its own")

    assert heard.last is None


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path
