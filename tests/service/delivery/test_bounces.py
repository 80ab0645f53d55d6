"""Bounces: letters that were accepted and came back later, treated as refused, once each."""

import pytest

from reviewflow.service.delivery.bounces import BounceResult, record_bounce, record_loss
from reviewflow.service.delivery.outbox import MessageState, outbox
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import StoredDigest
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import POLICE, post, to_police

WHY = "the address is not known there (5.1.1)"


def chased(office: Workspace) -> tuple[str, str]:
    """A case in which the police were reminded; its reference and the number of that letter."""
    reference = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    [letter] = to_police(post(office, at(12, 12)))
    return reference, letter.number


def bounced(office: Workspace, number: str, address: str = POLICE, *, lasting: bool = True) -> bool:
    """Whether it was dealt with."""
    return record_bounce(office, number, address, WHY, lasting=lasting, now=at(13)) is BounceResult.DEALT_WITH


def undelivered_words(office: Workspace, reference: str) -> list[str]:
    return [event.words for event in history(office, reference) if "reach" in event.words]


def test_the_next_in_the_chain_gets_it_and_business_support_is_told(office: Workspace) -> None:
    reference, number = chased(office)
    assert bounced(office, number)
    [words] = undelivered_words(office, reference)
    assert f"It was taken over and came back: {WHY}." in words
    assert "goes to Police (deputy) instead" in words
    assert "is told" in words
    back = next(message for message in outbox(office, reference) if message.letter == number)
    assert (back.lot, back.words) == (
        MessageState.REFUSED,
        f"Sent Tue 12 May 2026 13:00. It was taken over and came back: {WHY}.",
    )
    told = next(notice for notice in office.store.notices(reference) if notice.message == "undelivered")
    assert told.subject.endswith("a message did not arrive")
    assert "look at agencies, police, contact in partnership.yaml" in told.text
    assert audit(office)[1] == []


def test_a_mailbox_read_twice_tells_it_once(office: Workspace) -> None:
    reference, number = chased(office)
    assert bounced(office, number)
    before = office.store.notices(reference)
    assert bounced(office, number)
    assert office.store.notices(reference) == before
    assert len(undelivered_words(office, reference)) == 1


def test_after_a_crash_between_telling_and_marking_it_goes_on(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, number = chased(office)
    with monkeypatch.context() as broken:
        broken.setattr(type(office.store), "record_bounce", lambda *_, **__: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            bounced(office, number)
    assert bounced(office, number)
    assert len(undelivered_words(office, reference)) == 1
    assert {notice.status for notice in office.store.notices_in_letter(number, POLICE)} == {"undeliverable"}


@pytest.mark.parametrize(
    ("number", "address"),
    [("TR-2026-001/9.9", POLICE), ("digest/none", POLICE), (None, "somebody@else.example.org")],
)
def test_only_a_letter_of_ours_to_that_very_address_is_believed(
    office: Workspace, number: str | None, address: str
) -> None:
    reference, real = chased(office)
    assert record_bounce(office, number or real, address, WHY, lasting=True, now=at(13)) is BounceResult.NOT_OURS
    assert undelivered_words(office, reference) == []


def test_one_that_is_back_before_its_sending_is_written_down_waits(office: Workspace) -> None:
    """A mail server may take a letter over and return it while we are still writing that it went."""
    reference = opened(office)
    ready = next(letter for letter in iter(lambda: next_letter(office, now=at(5)), None) if letter.address == POLICE)
    assert record_bounce(office, ready.number, POLICE, WHY, lasting=True, now=at(5)) is BounceResult.NOT_YET
    sent(office, ready, now=at(5), detail="taken")
    assert record_bounce(office, ready.number, POLICE, WHY, lasting=True, now=at(5)) is BounceResult.DEALT_WITH
    assert len(undelivered_words(office, reference)) == 1


def test_what_was_answered_meanwhile_is_passed_on_to_nobody(office: Workspace) -> None:
    reference, number = chased(office)
    done(office, reference, "agency_return/police", at(13, 9))
    assert bounced(office, number)
    [words] = undelivered_words(office, reference)
    assert "It was answered meanwhile. Nobody else gets it." in words
    assert not any(notice.recipient == "agency:police:deputy" for notice in office.store.notices(reference))


def test_one_that_is_late_on_its_way_is_noted_and_passed_on_to_nobody(office: Workspace) -> None:
    reference, number = chased(office)
    assert bounced(office, number, lasting=False)
    assert undelivered_words(office, reference) == []
    late = next(message for message in outbox(office, reference) if message.letter == number)
    assert (late.lot, WHY in late.words) == (MessageState.SENT, True)


def test_what_a_service_lost_by_its_own_fault_goes_once_more(office: Workspace) -> None:
    """The service tells of the same loss for days; a second one is given up."""
    reference, number = chased(office)
    lost = "GOV.UK Notify itself failed"
    for hour in (13, 14):
        assert (
            record_loss(office, number, POLICE, lost, taken_over=at(12, 12), now=at(12, hour))
            is BounceResult.DEALT_WITH
        )
        assert undelivered_words(office, reference) == []
        again = [letter.number for letter in post(office, at(12, hour)) if letter.address == POLICE]
        assert again == ([number] if hour == 13 else [])
    words = [event.words for event in history(office, reference) if event.kind in {"Delayed", "WentAfterAll"}]
    assert [word.removeprefix("Agency return · Police: “Reply” to Police ") for word in words] == [
        f"has not gone yet and is tried again. It was taken over and lost: {lost}.",
        "has gone after all, at the 2nd try.",
    ]
    assert record_loss(office, number, POLICE, lost, taken_over=at(12, 13), now=at(12, 15)) is BounceResult.DEALT_WITH
    assert len(undelivered_words(office, reference)) == 1
    assert audit(office)[1] == []


def test_what_was_lost_and_answered_meanwhile_goes_no_more(office: Workspace) -> None:
    reference, number = chased(office)
    done(office, reference, "agency_return/police", at(12, 13))
    assert record_loss(office, number, POLICE, "x", taken_over=at(12, 12), now=at(12, 14)) is BounceResult.DEALT_WITH
    assert [letter.address for letter in post(office, at(12, 14))] == ["support@scp.example.org"]
    assert (
        record_loss(office, "TR-2026-001/9.9", POLICE, "x", taken_over=at(12, 12), now=at(12, 14))
        is BounceResult.NOT_OURS
    )


def test_a_digest_that_comes_back_is_in_the_office_s_log(office: Workspace) -> None:
    office.store.put_digest(StoredDigest("morning/chair/2026-05-12", "role:chair", "s", "t", created_at="2026-05-12"))
    ready = next_letter(office, now=at(13))
    assert ready is not None
    sent(office, ready, now=at(13), detail="")
    chair = office.partnership.roles["chair"].email or ""
    for _ in range(2):
        assert bounced(office, "digest/morning/chair/2026-05-12", chair.lower())
    [line] = [entry.body for entry in office.store.noted("digest")]
    assert line == f"morning/chair/2026-05-12 reached nobody. It was taken over and came back: {WHY}."
