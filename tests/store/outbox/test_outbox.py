from typing import Literal

import pytest

from reviewflow.store import Notice, Store
from tests.store.builders import AT, LATER, change, claim, notice, opened

LEASE = "2026-03-02T09:05:00+00:00"
FAR = "2027-03-02T09:00:00+00:00"
LEASE_OVER = "2026-03-02T09:05:01+00:00"


def claimed(store: Store, now: str = AT, lease: str = LEASE) -> Notice:
    claimed_now = claim(store, now, lease)
    assert claimed_now is not None
    return claimed_now


def test_a_notice_is_queued_with_the_event_that_caused_it(store: Store) -> None:
    case = opened(store, events=3)
    store.append(change(case, notices=(notice("a"), notice("b", urgent=True))))
    first, second = store.notices("RR-2026-001", "queued")
    assert (first.number, second.number) == ("RR-2026-001/4.1", "RR-2026-001/4.2")
    assert (first.urgent, second.urgent) == (False, True)
    assert (first.status, first.tries, first.created_at, first.next_try) == ("queued", 0, AT, AT)
    assert (store.notices("RR-2026-002"), store.notices(status="sent")) == ([], [])


def test_what_waits_since_a_moment_is_what_was_not_sent_since_it_was_written(store: Store) -> None:
    opened(store, notices=(notice("early"), notice("early too"), notice("")))
    opened(store, notices=(notice("late"),), recorded_at=LATER)
    store.record_delivery([claimed(store)], "queued", now=AT, detail="451 busy", next_try=FAR)
    waits = [("RR-2026-001", "early"), ("RR-2026-001", "early too")]
    assert (store.waits_since(AT), store.waits_since(LATER)) == (waits, [*waits, ("RR-2026-002", "late")])
    store.record_delivery([claimed(store)], "sent", now=AT, detail="250 ok")
    assert store.waits_since(AT) == waits[:1]


def test_claims_go_round_oldest_first(store: Store) -> None:
    opened(store, notices=(notice("late"),), recorded_at=LATER)
    opened(store, notices=(notice("early"), notice("early too")))
    abouts = [claimed(store, LATER, "2026-03-02T10:05:00+00:00").item for _ in range(3)]
    assert abouts == ["early", "early too", "late"]
    assert claim(store, LATER, LEASE) is None


def test_a_notice_is_not_claimed_before_its_time(store: Store) -> None:
    opened(store, notices=(notice(),), recorded_at=LATER)
    assert claim(store, AT, LEASE) is None


def test_sent_is_the_end_of_it(store: Store) -> None:
    opened(store, notices=(notice(),))
    assert store.record_delivery([claimed(store)], "sent", now=LATER, detail="250 ok")
    [sent] = store.notices()
    assert (sent.status, sent.sent_at, sent.next_try, sent.detail) == ("sent", LATER, None, "250 ok")
    assert claim(store, "2027-01-01T00:00:00+00:00", LEASE) is None


def test_a_failure_is_tried_again_and_every_attempt_is_kept(store: Store) -> None:
    opened(store, notices=(notice(),))
    store.record_delivery([claimed(store)], "queued", now=AT, detail="451 busy", next_try=LATER)
    assert claim(store, LEASE_OVER, LEASE) is None
    again = claimed(store, LATER, "2026-03-02T10:05:00+00:00")
    assert again.tries == 2
    store.record_delivery([again], "undeliverable", now=LATER, detail="550 no such box")
    [given_up] = store.notices(status="undeliverable")
    assert (given_up.sent_at, given_up.next_try) == (None, None)
    assert store.driver.rows("SELECT notice, number, at, outcome, detail FROM attempts ORDER BY number") == [
        (given_up.id, 1, AT, "queued", "451 busy"),
        (given_up.id, 2, LATER, "undeliverable", "550 no such box"),
    ]


def test_a_lease_that_ends_gives_the_notice_to_the_next_and_the_first_has_no_say(store: Store) -> None:
    opened(store, notices=(notice(),))
    slow = claimed(store)
    assert claim(store, AT, LEASE) is None
    quick = claimed(store, LEASE_OVER, LATER)
    assert (quick.number, quick.text, quick.tries) == (slow.number, slow.text, 2)
    assert not store.record_delivery([slow], "undeliverable", now=LEASE_OVER, detail="late")
    assert store.notices() == [quick]
    assert store.record_delivery([quick], "sent", now=LEASE_OVER, detail="")
    assert not store.record_delivery([slow], "queued", now=LEASE_OVER, detail="later still")
    assert not store.record_delivery([quick], "queued", now=LEASE_OVER, detail="twice")
    assert [row.status for row in store.notices()] == ["sent"]
    assert store.driver.rows("SELECT number, outcome FROM attempts") == [(2, "sent")]


def test_an_answer_withdraws_what_was_not_sent_about_it(store: Store) -> None:
    case = opened(store, notices=(notice("a"), notice("b"), notice("c"), notice("d")))
    other = opened(store, notices=(notice("b"),))
    store.record_delivery([claimed(store)], "sent", now=AT, detail="")
    store.append(change(case, withdraw=("a", "b", "c"), notices=(notice("b"),)))
    statuses = [row.status for row in store.notices(case.reference)]
    assert statuses == ["sent", "withdrawn", "withdrawn", "queued", "queued"]
    assert [row.status for row in store.notices(other.reference)] == ["queued"]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("sent", "sent"), ("queued", "withdrawn"), ("undeliverable", "undeliverable")],
)
def test_withdrawn_while_it_was_being_sent(
    store: Store, outcome: Literal["sent", "queued", "undeliverable"], status: str
) -> None:
    case = opened(store, notices=(notice("a"),))
    sending = claimed(store)
    store.append(change(case, withdraw=("a",)))
    assert claim(store, "2027-01-01T00:00:00+00:00", LEASE) is None
    assert store.record_delivery([sending], outcome, now=LATER, detail="", next_try=LATER)
    assert [row.status for row in store.notices()] == [status]
    assert claim(store, "2027-01-01T00:00:00+00:00", LEASE) is None
