"""A reference names one text for ever, whatever the mail does between two tries."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest

from reviewflow.case.model.refusal import Refused
from reviewflow.service.delivery.bounces import BounceResult, record_bounce
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, done, opened
from tests.service.conftest import TOY
from tests.service.delivery.letters import POLICE, post, to_police

OUTAGES = 100


def claimed(office: Workspace, now: datetime) -> OutgoingLetter:
    """The letter to the police, failed at this moment; all others are sent."""
    while ready := next_letter(office, now=now):
        if ready.address == POLICE:
            failed(office, ready, now=now, detail="the line broke", next_try=now + timedelta(hours=1))
            return ready
        sent(office, ready, now=now, detail="")
    raise AssertionError


def test_the_same_text_keeps_its_reference(office: Workspace) -> None:
    opened(office)
    first, again = claimed(office, at(5)), claimed(office, at(5, 11))
    assert (again.reference, again.replaces) == (first.reference, ()) == (first.number, ())
    assert compose(office.partnership, again) == compose(office.partnership, first)


def test_on_another_day_it_is_another_letter(office: Workspace) -> None:
    """So that the audit knows on which day each went."""
    opened(office)
    first, again = claimed(office, at(5)), claimed(office, at(8))
    assert (again.number, again.reference, again.replaces) == (first.number, f"{first.reference}.2", (first.reference,))
    assert audit(office) == (1, [])


def test_another_text_has_another_reference_and_names_the_one_before(office: Workspace) -> None:
    reference, _ = opened(office), opened(office)
    first = claimed(office, at(12))
    done(office, reference, "agency_return/police", at(12, 10))
    again, third = claimed(office, at(12, 11)), claimed(office, at(12, 12))
    assert again.reference == third.reference == f"{first.reference}.2"
    assert again.replaces == third.replaces == (first.reference,)
    assert f"This replaces {first.reference}, if you had that" in compose(office.partnership, again)[1]


def test_what_comes_back_under_an_earlier_reference_is_of_the_same_letter(office: Workspace) -> None:
    reference, _ = opened(office), opened(office)
    first = claimed(office, at(12))
    done(office, reference, "agency_return/police", at(12, 10))
    [again] = to_police(post(office, at(12, 11)))
    for number in (first.reference, again.reference):
        back = record_bounce(office, number, POLICE, "unknown", lasting=True, now=at(13))
        assert back is BounceResult.DEALT_WITH
    assert record_bounce(office, f"{first.number}.9", POLICE, "x", lasting=True, now=at(13)) is BounceResult.NOT_OURS


@pytest.fixture
def quick(sqlite_url: str) -> Workspace:
    store = open_store(sqlite_url)
    store.migrate()
    store.driver.rows("PRAGMA synchronous = OFF")
    return Workspace(store, TOY)


def test_no_reference_has_two_texts_whatever_breaks(quick: Workspace) -> None:
    """A hundred outages of random length, with answers, new cases and chases between the tries."""
    texts: dict[str, tuple[str, str, str]] = {}
    replaced = 0
    random, now = Random(6), at(5)
    references: list[str] = []
    for outage in range(OUTAGES):
        references += [opened(quick)] if outage % 4 == 0 else []
        for _ in range(random.randint(1, 3)):
            now += timedelta(hours=random.choice((1, 1, 3, 24)))
            chase_due_items(quick, now=now)
            replaced += _tried(quick, texts, random, now)
            _answered(quick, random.choice(references[-3:]), random, now)
    quick.store.close()
    assert replaced > OUTAGES / 4, replaced
    assert len(texts) > OUTAGES, len(texts)


def _tried(office: Workspace, texts: dict[str, tuple[str, str, str]], random: Random, now: datetime) -> int:
    replaced = 0
    while ready := next_letter(office, now=now):
        words = (ready.address, *compose(office.partnership, ready))
        assert texts.setdefault(ready.reference, words) == words
        assert set(ready.replaces) <= set(texts) - {ready.reference}
        replaced += bool(ready.replaces)
        if random.random() < 0.6:
            failed(office, ready, now=now, detail="the line broke", next_try=now + timedelta(minutes=20))
        else:
            sent(office, ready, now=now, detail="")
    return replaced


def _answered(office: Workspace, reference: str, random: Random, now: datetime) -> None:
    with suppress(Refused):
        done(office, reference, random.choice(("agency_return/police", "agency_return/health")), now)
