"""Letters to contacts of cases, by a real mail server: each reaches one mailbox, and nothing kept tells of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications.bounce import Bounce
from notifications.bounces.collect import _deal_with
from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from notifications.outcome import DeliveryStatus
from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.contacts.letters import release, waiting_letters
from reviewflow.service.contacts.people import erase_contact, give
from reviewflow.service.delivery.bounces import BounceResult
from reviewflow.service.workspace.contact_keys import ContactPerson, new_key
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.cli.test_contacts import ADDRESSED, CASE, MAILBOX, MESSAGE, PROCESS, TOY
from tests.notifications.servers import PostOffice, words

NOW = datetime(2026, 5, 7, 10, tzinfo=UTC)
KEY = new_key()
Serve = Callable[..., int]
Live = Callable[[str], Delivery]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    """An office in which a letter to the family waits, and the family is given."""
    folder = tmp_path / "definitions"
    for path in (*TOY.rglob("*.yaml"),):
        copied = folder / path.relative_to(TOY)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    (folder / "processes" / "told.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    workspace = Workspace(store, folder)
    open_case(workspace, "told", c.Open({"notified": NOW.date()}), by="t", now=NOW)
    carry_out(workspace, CASE, c.Complete("begin"), by="t", now=NOW)
    give(workspace, KEY, CASE, "family", ContactPerson(MAILBOX, ADDRESSED), by="t", now=NOW)
    yield workspace
    store.close()


@pytest.fixture
def sending(serve: Serve, live: Live) -> Callable[..., tuple[PostOffice, Delivery]]:
    def by(**manners: tuple[str, ...]) -> tuple[PostOffice, Delivery]:
        post = PostOffice(**manners)
        return post, replace(live(f"mailto://127.0.0.1:{serve(post)}"), contact_keys=KEY)

    return by


def _released(office: Workspace) -> str:
    [letter] = waiting_letters(office)
    release(office, letter.number, by="A. Manager", now=NOW)
    return letter.number


def _deliver(office: Workspace, delivery: Delivery) -> dict[DeliveryStatus, int]:
    return dict(deliver_letters(office, delivery, clock=lambda: NOW))


def _stored(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in tmp_path.glob("cases.db*")).lower()


def _is_nowhere(office: Workspace, tmp_path: Path) -> bool:
    office.store.driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return not any(secret.lower().encode() in _stored(tmp_path) for secret in (MAILBOX, ADDRESSED, "quist"))


def test_a_released_letter_reaches_one_mailbox_by_name(
    office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]], tmp_path: Path
) -> None:
    post, delivery = sending()
    assert _deliver(office, delivery) == {}
    _released(office)
    assert _deliver(office, delivery) == {DeliveryStatus.SENT: 1}
    [envelope], [mail] = post.envelopes, post.mails
    assert envelope.rcpt_tos == [MAILBOX]
    assert words(mail).startswith(f"Dear {ADDRESSED},\n")
    assert _is_nowhere(office, tmp_path)


def test_with_a_guest_list_it_goes_to_guests_only(
    office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]], tmp_path: Path
) -> None:
    post, delivery = sending()
    _released(office)
    assert _deliver(office, replace(delivery, mode=Mode.GUEST_LIST, guests=frozenset({"x@example.org"}))) == {
        DeliveryStatus.HELD: 1
    }
    assert post.envelopes == []
    [written] = delivery.folder.glob("*.eml")
    assert "{addressed}" in written.read_text(encoding="utf-8")
    assert MAILBOX not in written.read_text(encoding="utf-8")


def test_a_refusal_is_told_to_business_support_without_the_mailbox_and_the_letter_goes_nowhere_else(
    office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]], tmp_path: Path
) -> None:
    _, delivery = sending(rcpt=(f"550 no such user {MAILBOX.upper()} ({ADDRESSED})",))
    _released(office)
    sent = _deliver(office, delivery)
    assert sent[DeliveryStatus.REFUSED] == 1
    notices = office.store.notices(CASE)
    assert [notice.recipient for notice in notices if notice.message == "to_family"] == ["contact:family"]
    [told] = [notice for notice in notices if notice.message == "undelivered"]
    assert told.recipient == "role:business_support"
    assert f"reviewflow contacts set {CASE} family" in told.text
    assert _is_nowhere(office, tmp_path)


def test_what_was_erased_after_its_release_is_not_sent(
    office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]]
) -> None:
    post, delivery = sending()
    _released(office)
    erase_contact(office, CASE, "family", "they asked for it", by="t", now=NOW)
    assert _deliver(office, delivery)[DeliveryStatus.REFUSED] == 1
    assert MAILBOX not in {to for envelope in post.envelopes for to in envelope.rcpt_tos}


def test_without_the_key_it_waits(office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]]) -> None:
    post, delivery = sending()
    _released(office)
    assert _deliver(office, replace(delivery, contact_keys="")) == {DeliveryStatus.RETRY: 1}
    assert post.envelopes == []


def test_one_that_comes_back_is_known_by_its_mailbox(
    office: Workspace, sending: Callable[..., tuple[PostOffice, Delivery]], tmp_path: Path
) -> None:
    _, delivery = sending()
    number = _released(office)
    _deliver(office, delivery)
    another = Bounce(number, "another@example.org", lasting=True, why="it is full")
    assert _deal_with(office, another, KEY, NOW) is BounceResult.NOT_OURS
    assert _deal_with(office, replace(another, address=MAILBOX), KEY, NOW) is BounceResult.DEALT_WITH
    assert [notice.recipient for notice in office.store.notices(CASE, "queued")] == ["role:business_support"]
    assert _is_nowhere(office, tmp_path)


def test_what_a_service_says_is_kept_without_the_mailbox_and_the_name() -> None:
    said = f"refused: <{MAILBOX.upper()}>, {ADDRESSED}"
    assert ContactPerson(MAILBOX, ADDRESSED).hidden_in(said) == "refused: <(the contact)>, (the contact)"
