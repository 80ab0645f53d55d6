"""Mail that comes back, read from a real mailbox; and what GOV.UK Notify says of what it gave up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import pytest

from notifications.bounce import Bounce, NoAnswer
from notifications.bounces.imap import MailboxReading, Unreachable, read_mailbox
from notifications.bounces.limits import TooMuch, parsed
from notifications.bounces.mailbox import Application, BounceMailbox, bounce_mailbox_from_environment
from notifications.bounces.read import answered_letter, read, tells_of_failure
from notifications.bounces.receipts import given_up
from notifications.delivery import Delivery
from notifications.letters.letter import message_id
from reviewflow.service.delivery.bounces import BounceResult
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.notifications.bounces import NUMBER, POLICE, answer, report, told_in_words
from tests.notifications.imap import Mailbox
from tests.notifications.imap_serving import TOKEN
from tests.notifications.test_channels import notify
from tests.notifications.web import Web, serving
from tests.service.conftest import TOY

TODAY = datetime.now(UTC).date()
WRITTEN = Path(__file__).parent / "returned"
OLDER = "740e5834-3a29-46b4-9a6f-16142fde533a"

Live = Callable[[str], Delivery]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as running:
        yield running


@pytest.mark.parametrize(
    ("mail", "found"),
    [
        (report(), Bounce(NUMBER, POLICE, lasting=True, why="the address is not known there (5.1.1)")),
        (report(status="5.2.2"), Bounce(NUMBER, POLICE, lasting=True, why="the mailbox there takes nothing (5.2.2)")),
        (
            report(status="5.0.0"),
            Bounce(NUMBER, POLICE, lasting=True, why="the mail server there gave 5.0.0 as its reason"),
        ),
        (
            report(action="delayed", status="4.4.1"),
            Bounce(NUMBER, POLICE, lasting=False, why="no way was found to it (4.4.1)"),
        ),
        (told_in_words(), Bounce(NUMBER, POLICE, lasting=True, why="the mail server there gave no reason")),
    ],
)
def test_a_bounce_names_the_letter_the_address_and_whether_it_is_for_good(mail: Message, found: Bounce) -> None:
    assert read(mail) == found


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("postfix", Bounce(NUMBER, POLICE, lasting=True, why="the address is not known there (5.1.1)")),
        ("exchange_online", Bounce(NUMBER, POLICE, lasting=True, why="the address is not known there (5.1.10)")),
        ("exim", Bounce(NUMBER, POLICE, lasting=True, why="no way was found to it (4.4.7)")),
        (
            "exim_delay",
            Bounce(NUMBER, POLICE, lasting=False, why="the mail server there gave 4.0.0 as its reason"),
        ),
        ("out_of_office", None),
    ],
)
def test_what_mail_servers_write_is_understood(file: str, found: Bounce | None) -> None:
    mail = message_from_bytes((WRITTEN / f"{file}.eml").read_bytes())
    assert read(mail) == found
    assert tells_of_failure(mail) is (found is not None)


@pytest.mark.parametrize("mail", [answer(), answer("Reference made up"), report(action="delivered", status="2.0.0")])
def test_an_answer_is_no_bounce(mail: Message) -> None:
    assert read(mail) is None


@pytest.mark.parametrize(
    "mail",
    [
        report(number="RR-2026-001/1.1\0"),
        report(number="RR\u20132026/1.1"),
        report(number="R" * 101),
        report(to="nobody"),
        report(to="safeguarding\0@police.example.org"),
    ],
)
def test_what_could_be_no_letter_of_ours_is_not_looked_up(mail: Message) -> None:
    """Anybody may write to a mailbox, and a database takes not every character."""
    assert read(message_from_bytes(mail.as_bytes())) is None


def test_what_the_server_there_said_is_not_repeated() -> None:
    found = read(report())
    assert found is not None
    assert "private" not in found.why


def theirs(mail: Message) -> BounceResult:
    return BounceResult.NOT_OURS


def ours(mail: Message) -> BounceResult:
    return BounceResult.DEALT_WITH


def test_only_what_is_dealt_with_is_marked_as_read(mailbox: Mailbox) -> None:
    mailbox.put(report(), answer(), report(number="RR-2026-009/1.1"))
    seen: list[str] = []

    def take(mail: Message) -> BounceResult:
        seen.append(str(mail["Subject"]))
        found = read(mail)
        return BounceResult.DEALT_WITH if found is not None and found.number == NUMBER else BounceResult.NOT_OURS

    assert read_mailbox(mailbox.returns, take, today=TODAY) == MailboxReading(1, strange=1, left=2)
    assert len(seen) == 3
    assert mailbox.unread() == ["Re: RR-2026-001", "Undelivered Mail Bounce to Sender"]
    assert read_mailbox(mailbox.returns, theirs, today=TODAY) == MailboxReading(0, strange=1, left=2)
    assert len(seen) == 3, "what was dealt with is not looked at again"


def test_a_bounce_that_somebody_opened_first_is_dealt_with_all_the_same(mailbox: Mailbox) -> None:
    mailbox.put(report(), told_in_words(), answer())
    mailbox.read_by_a_person()
    looked_at: list[Message] = []

    def take(mail: Message) -> BounceResult:
        looked_at.append(mail)
        return ours(mail) if read(mail) else theirs(mail)

    assert read_mailbox(mailbox.returns, take, today=TODAY) == MailboxReading(2, strange=0, left=0)
    looked_at.clear()
    assert read_mailbox(mailbox.returns, take, today=TODAY) == MailboxReading(0, strange=0, left=0)


def test_what_came_too_early_is_looked_at_again(mailbox: Mailbox) -> None:
    mailbox.put(report())
    assert read_mailbox(mailbox.returns, lambda _: BounceResult.NOT_YET, today=TODAY) == MailboxReading(
        0, strange=0, left=1
    )
    assert read_mailbox(mailbox.returns, ours, today=TODAY) == MailboxReading(1, strange=0, left=0)


def test_somebody_s_papers_are_not_fetched(mailbox: Mailbox) -> None:
    papers = answer("The papers. " * 100_000)
    mailbox.put(papers)
    assert read_mailbox(mailbox.returns, ours, today=TODAY) == MailboxReading(0, strange=0, left=1)


def test_what_breaks_while_reading_leaves_all_unread(mailbox: Mailbox) -> None:
    mailbox.put(report(), report())

    def crash(mail: Message) -> BounceResult:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        read_mailbox(mailbox.returns, crash, today=TODAY)
    assert len(mailbox.unread()) == 2


def test_old_mail_is_left_alone(mailbox: Mailbox) -> None:
    mailbox.put(report())
    assert read_mailbox(mailbox.returns, ours, today=TODAY + timedelta(days=30)) == MailboxReading(0, strange=0, left=0)
    assert len(mailbox.unread()) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "wrong"}, "did not let us in"),
        ({"password": "50 £"}, "did not let us in"),
        ({"folder": "nowhere"}, "has no such folder"),
        ({"port": 1}, "could not be reached"),
        ({"encrypted": True}, "No safe connection"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_without_its_secrets(
    imap: BounceMailbox, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(Unreachable, match=told) as caught:
        read_mailbox(replace(imap, **changed), ours, today=TODAY)
    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_the_mailbox_stands_in_the_environment() -> None:
    assert bounce_mailbox_from_environment({}) is None
    url = "imaps://reviews%40example.gov.uk:p%2Fw@mail.example.gov.uk/Bounces"
    found = bounce_mailbox_from_environment({"REVIEWFLOW_RETURNS_URL": url})
    assert found == BounceMailbox("mail.example.gov.uk", 993, True, "reviews@example.gov.uk", "p/w", "Bounces")
    assert "p/w" not in repr(found)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("imap://a:b@mail.example.gov.uk", "begin it with imaps://"),
        ("imaps://mail.example.gov.uk", "is not complete"),
        ("https://a:b@mail.example.gov.uk", "is not complete"),
        ("imaps://a:b@mail.example.gov.uk:port", "cannot be read"),
        ("imaps://a@outlook.office365.com?tenant=a:b", "is not complete for Microsoft 365"),
        ("imaps://a@x.example?tenant=a:b&client=c&secret=d&login=http://evil.example", "by https only"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_repeating_it(url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        bounce_mailbox_from_environment({"REVIEWFLOW_RETURNS_URL": url})
    assert "a:b" not in str(caught.value)


def microsoft(web: Web, **given: str) -> Application:
    return Application("northmoor", "1234", "a secret", login=web.address, **given)


def test_a_mailbox_of_microsoft_365_is_opened_with_a_token(mailbox: Mailbox, web: Web) -> None:
    mailbox.put(report())
    web.answers += [(200, {"access_token": TOKEN})]
    returns = replace(mailbox.returns, password="", application=microsoft(web))
    assert read_mailbox(returns, ours, today=TODAY) == MailboxReading(1, strange=0, left=0)
    [(path, asked)] = web.posts
    assert path == "/northmoor/oauth2/v2.0/token"
    assert asked == {
        "grant_type": "client_credentials",
        "scope": "https://outlook.office365.com/.default",
        "client_id": "1234",
        "client_secret": "a secret",
    }


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ((401, {"error_description": "wrong a secret"}), r"Microsoft does not let us into .* \(401\); look at tenant"),
        ((200, {"access_token": "of somebody else"}), "did not let us in"),
        ((200, []), r"does not let us into .* \(200\)"),
    ],
)
def test_microsoft_that_lets_nobody_in_is_told(
    mailbox: Mailbox, web: Web, answered: tuple[int, Any], told: str
) -> None:
    web.answers += [answered]
    with pytest.raises(Unreachable, match=told) as caught:
        read_mailbox(replace(mailbox.returns, application=microsoft(web)), ours, today=TODAY)
    assert "a secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_microsoft_that_is_away_is_told(mailbox: Mailbox) -> None:
    away = Application("northmoor", "1234", "a secret", login="http://127.0.0.1:1")
    with pytest.raises(Unreachable, match=r"Microsoft's sign-in .* could not be reached"):
        read_mailbox(replace(mailbox.returns, application=away), ours, today=TODAY)


def test_the_application_stands_in_the_same_address() -> None:
    url = "imaps://reviews%40example.gov.uk@outlook.office365.com/INBOX?tenant=northmoor&client=1234&secret=p%2Fw+8~"
    found = bounce_mailbox_from_environment({"REVIEWFLOW_RETURNS_URL": url})
    assert found is not None
    assert found.application == Application("northmoor", "1234", "p/w+8~")
    assert "p/w" not in repr(found)


def test_notify_tells_what_it_gave_up(web: Web, live: Live) -> None:
    """Page after page, in the words of an office; what another program sent by it is left out by its number."""
    web.answers += [
        (
            200,
            {
                "notifications": [
                    {"reference": NUMBER, "email_address": POLICE.upper(), "status": "permanent-failure"},
                    {"reference": None, "email_address": POLICE, "status": "permanent-failure"},
                    {"reference": "RR-2026-002/3.1", "email_address": POLICE, "status": "temporary-failure"},
                    {
                        "reference": "RR-2026-002/4.1",
                        "email_address": POLICE,
                        "status": "technical-failure",
                        "created_at": "2026-05-12T12:00:00.000000Z",
                    },
                ],
                "links": {"next": f"{web.address}/v2/notifications?older_than={OLDER}"},
            },
        ),
        (200, {"notifications": [], "links": {}}),
    ]
    assert list(given_up(live(notify(web)))) == [
        Bounce(NUMBER, POLICE, lasting=True, why="the address is not known there (GOV.UK Notify)"),
        Bounce(
            "RR-2026-002/3.1", POLICE, lasting=True, why="the mailbox there took nothing for three days (GOV.UK Notify)"
        ),
        Bounce("RR-2026-002/4.1", POLICE, True, "GOV.UK Notify itself failed", datetime(2026, 5, 12, 12, tzinfo=UTC)),
    ]
    first = "/v2/notifications?status=failed&template_type=email"
    assert web.gets == [first, f"{first}&older_than={OLDER}"]


def test_notify_that_does_not_answer_is_told(web: Web, live: Live) -> None:
    web.answers += [(503, {"errors": [{"error": "x", "message": "secret"}]})]
    with pytest.raises(NoAnswer, match=r"GOV.UK Notify does not say what became of its mail \(503\)") as caught:
        list(given_up(live(notify(web))))
    assert "secret" not in str(caught.value)


def test_a_mail_server_keeps_no_account(live: Live) -> None:
    assert list(given_up(live("mailto://127.0.0.1:25"))) == []


class Nested:
    """A mail within a mail, so many deep, as bytes: the library that writes mails cannot write this one."""

    def __init__(self, deep: int) -> None:
        head = b"From: MAILER-DAEMON@mx.example.org\r\nSubject: Nested\r\n"
        self._data = head + b"Content-Type: message/rfc822\r\n\r\n" * deep + b"Subject: the last\r\n\r\nEnd\r\n"

    def as_bytes(self) -> bytes:
        return self._data


def test_a_mail_beyond_the_limits_is_flagged_and_told_and_the_others_are_read(mailbox: Mailbox, tmp_path: Path) -> None:
    mailbox.put(report(), Nested(210), told_in_words())  # type: ignore[arg-type]
    store = open_store(f"sqlite:///{tmp_path}/r.db")
    store.migrate()
    office, now = Workspace(store, TOY), datetime(2026, 5, 5, 10, tzinfo=UTC)

    def look(now: datetime) -> MailboxReading:
        return read_mailbox(mailbox.returns, ours, today=TODAY, boundary=Boundary(office, "bounces", now))

    assert look(now) == MailboxReading(2, strange=0, left=1, aside=1)
    [trouble] = store.troubles()
    assert (trouble.kind, trouble.what.partition(",")[0]) == ("mail", "TooMuch in notifications.bounces.limits.parsed")
    assert mailbox.unread() == ["Nested"]
    assert look(now) == MailboxReading(0, strange=0, left=1), "it is not tried again before its time"
    assert look(now + timedelta(hours=1)).aside == 1
    assert store.troubles()[0].tries == 2
    mailbox.read_by_a_person()
    store.close()


@pytest.mark.parametrize("deep", [1, 20, 190])
def test_what_is_within_the_limits_is_read_without_end_of_depth(deep: int) -> None:
    assert read(parsed(Nested(deep).as_bytes())) is None


def test_many_parts_are_too_much() -> None:
    with pytest.raises(TooMuch, match="201 parts; at most 200 are read"):
        parsed(Nested(201).as_bytes())


@pytest.mark.parametrize(
    ("headers", "text", "found"),
    [
        ({"In-Reply-To": message_id(NUMBER, "example.org", "x")}, "Thank you", (NUMBER, POLICE)),
        ({"References": f"<a@b> {message_id(NUMBER, 'example.org', 'x')}"}, "Thank you", (NUMBER, POLICE)),
        ({}, f"Thank you\n\n> Good morning\n> \n> Reference {NUMBER}\n", (NUMBER, POLICE)),
        ({"In-Reply-To": "<a@b>"}, f"I have no Reference {NUMBER} of my own", None),
    ],
)
def test_an_answer_names_the_letter_that_it_answers(
    headers: dict[str, str], text: str, found: tuple[str, str] | None
) -> None:
    mail = EmailMessage()
    mail["From"] = f"The lead <{POLICE.upper()}>"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    assert answered_letter(message_from_bytes(mail.as_bytes())) == found
