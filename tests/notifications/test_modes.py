"""Who is really sent mail, and how the environment says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.mail import why_unusable
from notifications.outcome import DeliveryStatus
from notifications.send import send
from notifications.settings import delivery_from_environment
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from tests.notifications.servers import PostOffice

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
LIVE = {
    "REVIEWFLOW_MAIL_URL": "mailtos://reviews:secret@mail.example.org",
    "REVIEWFLOW_SENDER": "Safeguarding reviews <reviews@partnership.example.org>",
}


@pytest.mark.parametrize(
    ("mode", "guests", "verdict"),
    [
        (Mode.TEST, {"safeguarding.lead@police.example.org"}, DeliveryStatus.HELD),
        (Mode.GUEST_LIST, {"safeguarding.lead@police.example.org"}, DeliveryStatus.SENT),
        (Mode.GUEST_LIST, {"Safeguarding.Lead@Police.example.org"}, DeliveryStatus.SENT),
        (Mode.GUEST_LIST, {"lead@police.example.org"}, DeliveryStatus.HELD),
        (Mode.GUEST_LIST, set[str](), DeliveryStatus.HELD),
        (Mode.LIVE, set[str](), DeliveryStatus.SENT),
    ],
)
def test_a_letter_leaves_only_when_its_mode_says_so(
    serve: Callable[..., int],
    live: Callable[[str], Delivery],
    letter: Letter,
    mode: Mode,
    guests: set[str],
    verdict: DeliveryStatus,
) -> None:
    office = PostOffice()
    delivery = replace(live(f"mailto://127.0.0.1:{serve(office)}"), mode=mode, guests=frozenset(guests))

    assert send(letter, delivery, now=NOW).verdict is verdict
    assert len(office.envelopes) == (verdict is DeliveryStatus.SENT)
    assert delivery.folder.exists() == (verdict is DeliveryStatus.HELD)


def test_nothing_is_needed_for_letters_that_do_not_leave() -> None:
    delivery = delivery_from_environment({}, Mode.TEST)

    assert (delivery.mode, delivery.folder, delivery.mail_url) == (Mode.TEST, Path("var/messages"), None)


def test_test_mode_does_not_even_keep_the_mail_url() -> None:
    assert delivery_from_environment(LIVE, Mode.TEST).mail_url is None


def test_the_environment_is_read_whole() -> None:
    environ = LIVE | {
        "REVIEWFLOW_GUESTS": "Officer@Partnership.example.org, lead@police.example.org,",
        "REVIEWFLOW_OUTBOX_FOLDER": "elsewhere",
    }
    assert delivery_from_environment(environ, Mode.GUEST_LIST) == Delivery(
        mode=Mode.GUEST_LIST,
        folder=Path("elsewhere"),
        sender_name="Safeguarding reviews",
        sender_address="reviews@partnership.example.org",
        mail_url="mailtos://reviews:secret@mail.example.org",
        guests=frozenset({"officer@partnership.example.org", "lead@police.example.org"}),
    )


@pytest.mark.parametrize(
    ("mode", "environ", "said"),
    [
        (
            Mode.LIVE,
            {"REVIEWFLOW_SENDER": "Reviews", "REVIEWFLOW_GUESTS": "a@b"},
            [
                "Delivery is live, so REVIEWFLOW_MAIL_URL must say how to reach the mail server.",
                "REVIEWFLOW_SENDER is 'Reviews'; write it as: Safeguarding reviews <reviews@example.gov.uk>",
                "REVIEWFLOW_GUESTS has 'a@b', which is not one e-mail address.",
            ],
        ),
        (
            Mode.GUEST_LIST,
            {},
            [
                "Delivery is guest-list, so REVIEWFLOW_MAIL_URL must say how to reach the mail server.",
                "Delivery is guest-list, so REVIEWFLOW_SENDER must say who the mail is from.",
                (
                    "Delivery is guest-list, so REVIEWFLOW_GUESTS must say who may be sent mail"
                    " (addresses, commas between)."
                ),
            ],
        ),
    ],
)
def test_all_that_is_wrong_in_the_environment_is_said_at_once(
    mode: Mode, environ: dict[str, str], said: list[str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        delivery_from_environment(environ, mode)

    assert str(refused.value).split("\n") == said


@pytest.mark.parametrize("sender", ["a@b.example.org", "Reviews <a@b.example.org>", "Reviews, North <a@b.example.org>"])
def test_a_sender_may_have_a_name(sender: str) -> None:
    assert delivery_from_environment({"REVIEWFLOW_SENDER": sender}, Mode.TEST).sender_address == "a@b.example.org"


@pytest.mark.parametrize("sender", ["Reviews", "a@b", "<a@b.example.org", "x\ny <a@b.example.org>", "a@b.org c@d.org"])
def test_a_sender_is_one_address(sender: str) -> None:
    with pytest.raises(SettingsError, match="REVIEWFLOW_SENDER"):
        delivery_from_environment({"REVIEWFLOW_SENDER": sender}, Mode.TEST)


def test_a_delivery_made_by_hand_has_a_sound_sender(rehearsal: Delivery) -> None:
    with pytest.raises(SettingsError, match="The sender is not"):
        replace(rehearsal, sender_name="Reviews\r\nBcc: thief@example.com")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mailtoo://u:p@mail.example.org", "not one that Apprise knows"),
        ("nonsense", "not one that Apprise knows"),
        ("mailtos://u:p@mail.example.org/somebody@example.org", "recipients of its own"),
        ("mailtos://u:p@mail.example.org?to=somebody@example.org", "recipients of its own"),
        ("mailtos://u:p@mail.example.org?cc=somebody@example.org", "recipients of its own"),
        ("mailtos://u:p@mail.example.org?bcc=somebody@example.org", "recipients of its own"),
        ("mailtos://u:p@mail.example.org?+Bcc=somebody@example.org", "headers of its own"),
        ("mailtos://u:p@mail.example.org?name=x%0d%0aBcc:y", "line break"),
        ("mailtos://u:p@mail.example.org?name=x%250aBcc:y", "line break"),
        ("mailtos://u:p@a.example.org mailtos://u:p@b.example.org", "a space"),
        ("mailtos://u:p@mail.example.org?mode=sideways", "part that is wrong"),
        ("mailtos://u:p@mail.example.org?verify=no", "certificate"),
        ("o365://u@example.org/t-1/c-1/secret?verify=no", "certificate"),
        ("mailto://u:p@mail.example.org", "unencrypted"),
        ("json://localhost", "cannot write to exactly this one"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "cannot write to exactly this one"),
    ],
)
def test_a_mail_url_that_cannot_be_used_is_refused_at_the_start(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=f"^REVIEWFLOW_MAIL_URL .*{said}.*") as refused:
        delivery_from_environment(LIVE | {"REVIEWFLOW_MAIL_URL": url}, Mode.LIVE)

    assert "p@" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "mailto://relay.example.org",
        "mailto://relay.example.org:2525?reply=reviews@example.org&+X-Team=north",
        "mailtos://user:pass@mail.example.org:587",
        "mailtos://user:pass@mail.example.org?mode=ssl&smtp=relay.example.org",
        "mailto://user:pass@mail.example.org?mode=starttls",
        "o365://reviews@example.org/tenant-id/client-id/client-secret",
        "sendgrid://abcdef:reviews@example.org",
    ],
)
def test_the_usual_mail_urls_are_taken(url: str) -> None:
    assert why_unusable(delivery_from_environment(LIVE | {"REVIEWFLOW_MAIL_URL": url}, Mode.LIVE)) is None


@pytest.mark.parametrize("url", ["", "nonsense", "mailto://h.example.org?to=a@b.example.org", "json://127.0.0.1:1"])
def test_a_url_that_reaches_nobody_is_never_success(live: Callable[[str], Delivery], letter: Letter, url: str) -> None:
    outcome = send(letter, live(url), now=NOW)

    assert outcome.verdict is DeliveryStatus.RETRY
    assert outcome.detail.startswith("The mail settings cannot be used")


def test_a_service_that_would_shorten_an_address_gets_no_letter(
    live: Callable[[str], Delivery], letter: Letter
) -> None:
    delivery = live("o365://reviews@example.org/tenant-id/client-id/client-secret")

    assert send(replace(letter, to="o'brien@police.example.org"), delivery, now=NOW).verdict is DeliveryStatus.RETRY
