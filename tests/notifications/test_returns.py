"""Mail that comes back, read from a real mailbox; and what GOV.UK Notify says of what it gave up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any

import pytest

from notifications.bounces import read
from notifications.coming_back import Returned
from notifications.receipts import NoAnswer, given_up
from notifications.returns import Returns, Unreachable, look_through, returns_from_environment
from notifications.settings import Delivery
from reviewflow.service.errors import SettingsError
from tests.notifications.bounces import NUMBER, POLICE, answer, report, told_in_words
from tests.notifications.imap import Mailbox
from tests.notifications.test_channels import notify
from tests.notifications.web import Web, serving

TODAY = datetime.now(UTC).date()

Live = Callable[[str], Delivery]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as running:
        yield running


@pytest.mark.parametrize(
    ("mail", "found"),
    [
        (report(), Returned(NUMBER, POLICE, lasting=True, why="the address is not known there (5.1.1)")),
        (report(status="5.2.2"), Returned(NUMBER, POLICE, lasting=True, why="the mailbox there takes nothing (5.2.2)")),
        (
            report(status="5.0.0"),
            Returned(NUMBER, POLICE, lasting=True, why="the mail server there gave 5.0.0 as its reason"),
        ),
        (
            report(action="delayed", status="4.4.1"),
            Returned(NUMBER, POLICE, lasting=False, why="no way was found to it (4.4.1)"),
        ),
        (told_in_words(), Returned(NUMBER, POLICE, lasting=True, why="the mail server there gave no reason")),
    ],
)
def test_a_bounce_names_the_letter_the_address_and_whether_it_is_for_good(mail: Message, found: Returned) -> None:
    assert read(mail) == found


@pytest.mark.parametrize("mail", [answer(), answer("Reference made up"), report(action="delivered", status="2.0.0")])
def test_an_answer_is_no_bounce(mail: Message) -> None:
    assert read(mail) is None


def test_what_the_server_there_said_is_not_repeated() -> None:
    found = read(report())
    assert found is not None
    assert "private" not in found.why


def test_only_what_is_dealt_with_is_marked_as_read(mailbox: Mailbox) -> None:
    mailbox.put(report(), answer(), report(number="RR-2026-009/1.1"))
    seen: list[str] = []

    def take(mail: Message) -> bool:
        seen.append(str(mail["Subject"]))
        found = read(mail)
        return found is not None and found.number == NUMBER

    assert look_through(mailbox.returns, take, today=TODAY) == (1, 2)
    assert len(seen) == 3
    assert mailbox.unread() == ["Re: RR-2026-001", "Undelivered Mail Returned to Sender"]
    assert look_through(mailbox.returns, lambda _: False, today=TODAY) == (0, 2)


def test_what_breaks_while_reading_leaves_all_unread(mailbox: Mailbox) -> None:
    mailbox.put(report(), report())

    def crash(mail: Message) -> bool:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        look_through(mailbox.returns, crash, today=TODAY)
    assert len(mailbox.unread()) == 2


def test_old_mail_is_left_alone(mailbox: Mailbox) -> None:
    mailbox.put(report())
    assert look_through(mailbox.returns, lambda _: True, today=TODAY + timedelta(days=30)) == (0, 0)
    assert len(mailbox.unread()) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "wrong"}, "did not let us in"),
        ({"folder": "nowhere"}, "has no such folder"),
        ({"port": 1}, "could not be reached"),
        ({"encrypted": True}, "No safe connection"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_without_its_secrets(
    imap: Returns, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(Unreachable, match=told) as caught:
        look_through(replace(imap, **changed), lambda _: True, today=TODAY)
    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_the_mailbox_stands_in_the_environment() -> None:
    assert returns_from_environment({}) is None
    url = "imaps://reviews%40example.gov.uk:p%2Fw@mail.example.gov.uk/Bounces"
    found = returns_from_environment({"REVIEWFLOW_RETURNS_URL": url})
    assert found == Returns("mail.example.gov.uk", 993, True, "reviews@example.gov.uk", "p/w", "Bounces")
    assert "p/w" not in repr(found)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("imap://a:b@mail.example.gov.uk", "begin it with imaps://"),
        ("imaps://mail.example.gov.uk", "is not complete"),
        ("https://a:b@mail.example.gov.uk", "is not complete"),
        ("imaps://a:b@mail.example.gov.uk:port", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_repeating_it(url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        returns_from_environment({"REVIEWFLOW_RETURNS_URL": url})
    assert "a:b" not in str(caught.value)


def test_notify_tells_what_it_gave_up(web: Web, live: Live) -> None:
    """One page of what failed, in the words of an office; what another program sent by it is left out by its number."""
    web.answers += [
        (
            200,
            {
                "notifications": [
                    {"reference": NUMBER, "email_address": POLICE.upper(), "status": "permanent-failure"},
                    {"reference": None, "email_address": POLICE, "status": "permanent-failure"},
                    {"reference": "RR-2026-002/3.1", "email_address": POLICE, "status": "temporary-failure"},
                ],
                "links": {},
            },
        )
    ]
    assert list(given_up(live(notify(web)))) == [
        Returned(NUMBER, POLICE, lasting=True, why="the address is not known there (GOV.UK Notify)"),
        Returned(
            "RR-2026-002/3.1", POLICE, lasting=True, why="the mailbox there took nothing for three days (GOV.UK Notify)"
        ),
    ]
    assert web.gets == ["/v2/notifications?status=failed&template_type=email"]


def test_notify_that_does_not_answer_is_told(web: Web, live: Live) -> None:
    web.answers += [(503, {"errors": [{"error": "x", "message": "secret"}]})]
    with pytest.raises(NoAnswer, match=r"GOV.UK Notify does not say what became of its mail \(503\)") as caught:
        list(given_up(live(notify(web))))
    assert "secret" not in str(caught.value)


def test_a_mail_server_keeps_no_account(live: Live) -> None:
    assert list(given_up(live("mailto://127.0.0.1:25"))) == []
