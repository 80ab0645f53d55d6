"""A message that reaches nobody goes to the next in the chain, business support is told, and it is never silent."""

from collections.abc import Callable
from datetime import datetime

import pytest

from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.delivery.letters import POLICE, agency, knows


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, "The mail server refused this address for good (550)."),
        ({"domains": ("other.example.org",)}, "The address is not at a mail domain"),
    ],
)
def test_a_refused_address_is_never_silence(office: Workspace, change: dict[str, object], why: str) -> None:
    knows(office, agencies=agency(office.partnership, deputy="deputy@other.example.org", **change))
    if not change:
        knows(office, agencies=agency(office.partnership, domains=("police.example.org", "other.example.org")))
    reference = opened(office)
    gone = _until_nothing(office, at(5), refused={POLICE})
    others = [letter.address for letter in gone if "police" not in letter.address and "nhs" not in letter.address]
    assert others == ["deputy@other.example.org", "support@scp.example.org"]
    sentences = [entry.words for entry in history(office, reference)]
    assert any(
        f"did not reach Police. {why.rstrip('.')}" in sentence and "Police (deputy) instead" in sentence
        for sentence in sentences
    )
    report = next(notice for notice in office.store.notices() if notice.message == "undelivered")
    assert "put the address right if it is wrong" in report.text
    assert audit(office) == (1, [])


def test_of_an_agency_that_is_no_more_in_the_partnership_it_says_what_can_be_done(office: Workspace) -> None:
    reference = opened(office)
    others = {name: agency for name, agency in office.partnership.agencies.items() if name != "police"}
    knows(office, agencies=others)
    _until_nothing(office, at(5), refused=set())
    report = next(notice for notice in office.store.notices() if notice.message == "undelivered")
    assert report.subject.endswith(f"{reference}: a message did not arrive")
    assert 'partnership.yaml has no agency "police" any more.' in report.text
    assert f"reviewflow agency {reference} --remove police --reason WHY" in report.text
    assert "put the address right" not in report.text


def test_the_chain_ends_at_business_support(office: Workspace) -> None:
    opened(office, agencies=("police",))
    addresses = [POLICE, "deputy@police.example.org", "senior@police.example.org"]
    gone = _until_nothing(office, at(5), refused=set(addresses))
    assert {letter.address for letter in gone} == {"support@scp.example.org"}
    assert {notice.status for notice in office.store.notices()} == {"sent", "undeliverable"}


def test_when_nobody_can_be_reached_it_ends_and_is_seen(office: Workspace) -> None:
    reference = opened(office, agencies=("police",))
    assert _until_nothing(office, at(5), refused=everybody) == []
    assert {notice.status for notice in office.store.notices()} == {"undeliverable"}
    assert any("Nobody else gets it" in event.words for event in history(office, reference))


def everybody(_: str) -> bool:
    return True


def _until_nothing(
    office: Workspace, now: datetime, *, refused: set[str] | Callable[[str], bool]
) -> list[OutgoingLetter]:
    refuses = refused if callable(refused) else refused.__contains__
    gone = []
    for _ in range(40):
        ready = next_letter(office, now=now)
        if ready is None:
            return gone
        if refuses(ready.address):
            failed(office, ready, now=now, detail="The mail server refused this address for good (550).", next_try=None)
        else:
            sent(office, ready, now=now, detail="accepted")
            gone.append(ready)
    raise AssertionError("it goes on for ever")
