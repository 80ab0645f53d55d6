"""After a week without mail, whoever is above an owner hears of it a working day after the owner's own letter."""

import pytest

from reviewflow.service.delivery.owner_first import OWNER_FIRST, LetterCases, too_early
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.delivery.letters import post

ITEM, REQUEST = "agency_return/police", "request/police"


def gone(office: Workspace, day: int) -> dict[str, set[str]]:
    """By message about the police's return or asking for it, to whom the letters of a day took it."""
    letters = post(office, at(day))
    about = [notice for letter in letters for notice in letter.notices if notice.item in {ITEM, REQUEST}]
    return {notice.message: {other.recipient for other in about if other.message == notice.message} for notice in about}


def test_an_escalation_waits_until_the_owner_had_a_working_day(office: Workspace) -> None:
    """Mail is down from the 5th to the 26th; swept every day meanwhile."""
    reference = opened(office)
    for day in range(5, 27):
        chase_due_items(office, now=at(day))
    written = {notice.recipient for notice in office.store.notices(reference) if notice.item == ITEM}
    above = {recipient for recipient in written if not recipient.startswith("agency:police")}
    assert above, "somebody above was written to"
    first = gone(office, 26)
    assert first
    assert above.isdisjoint(set().union(*first.values()))
    waiting = [
        notice for notice in office.store.notices(reference) if notice.recipient in above and notice.item == ITEM
    ]
    assert {notice.detail for notice in waiting if notice.status == "queued"} == {OWNER_FIRST}
    second = gone(office, 27)
    assert above <= set().union(*second.values())


def test_a_case_is_read_once_for_all_that_a_letter_tells_of_it(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, loaded, read = opened(office), list[str](), office.store.load_these
    for day in range(5, 27):
        chase_due_items(office, now=at(day))
    written = office.store.notices(reference)
    monkeypatch.setattr(office.store, "load_these", lambda these: (loaded.extend(these), read(these))[1])
    early = too_early(LetterCases(office, [notice.reference for notice in written]), written, at(26))
    assert 0 < len(early) < len(written)
    assert loaded == [reference]
