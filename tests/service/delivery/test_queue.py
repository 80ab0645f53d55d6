"""The queue of letters: one ordinary letter a mailbox a day, urgent notices beside it, and tries again."""

from datetime import datetime

from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import NIGHT, POLICE, knows, post, to_police


def test_what_is_due_for_one_mailbox_goes_as_one_letter(office: Workspace) -> None:
    opened(office)
    opened(office)
    [letter] = to_police(post(office, at(5)))
    assert [notice.number for notice in letter.notices] == ["TR-2026-001/1.1", "TR-2026-002/1.1"]
    subject, text = compose(office.partnership, letter)
    assert subject.startswith("[Toyshire SCP] 2 messages, the first: TR-2026-001: reply by")
    assert [f"Reference {notice.number}" in text for notice in letter.notices] == [True, True]
    assert {notice.letter for notice in office.store.notices() if notice.status == "sent"} == {
        "TR-2026-001/1.1",
        "TR-2026-001/1.2",
    }


def test_a_second_ordinary_letter_waits_for_the_next_office_day(office: Workspace) -> None:
    opened(office)
    assert len(to_police(post(office, at(8)))) == 1
    opened(office)
    assert to_police(post(office, at(8, 12))) == []
    waiting = [notice for notice in office.store.notices() if notice.status == "queued"]
    assert {notice.next_try for notice in waiting} == {"2026-05-11T08:30:00+00:00"}
    assert len(to_police(post(office, at(11)))) == 1


def test_what_the_partnership_names_goes_beside_it_at_once(office: Workspace) -> None:
    knows(office, breaks_daily=("agency_return",), quiet=NIGHT)
    opened(office)
    post(office, at(12, 9))
    chase_due_items(office, now=at(12))
    [letter] = to_police(post(office, at(12, 20)))
    assert [notice.item for notice in letter.notices] == ["agency_return/police"]
    assert letter.urgent


def test_the_most_urgent_stands_first(office: Workspace) -> None:
    knows(office, breaks_daily=("agency_return",))
    opened(office)
    post(office, at(5))
    later = opened(office)
    chase_due_items(office, now=at(15))
    [letter] = to_police(post(office, at(15)))
    items = [(notice.reference, notice.item) for notice in letter.notices]
    assert items == [("TR-2026-001", "agency_return/police"), (later, "request/police")]


def test_what_is_not_sent_anyway_waits_for_no_morning(office: Workspace) -> None:
    knows(office, quiet=NIGHT)
    opened(office)
    assert post(office, at(5, 23), waits=False)


def test_a_letter_that_is_tried_again_keeps_its_number_and_takes_nothing_in(office: Workspace) -> None:
    opened(office)
    first = next(iter(to_police([_claimed(office, at(5), POLICE)])))
    failed(office, first, now=at(5), detail="451", next_try=at(5, 11))
    opened(office)
    [again] = to_police(post(office, at(5, 12)))
    assert (again.number, again.notices[0].number, len(again.notices)) == (first.number, "TR-2026-001/1.1", 1)
    assert again.since == at(5)


def test_on_another_day_it_is_put_together_anew(office: Workspace) -> None:
    opened(office)
    first = _claimed(office, at(5), POLICE)
    failed(office, first, now=at(5), detail="451", next_try=at(6))
    opened(office)
    [again] = to_police(post(office, at(6)))
    assert (again.number, len(again.notices)) == (first.number, 2)


def test_what_was_answered_meanwhile_is_not_in_it(office: Workspace) -> None:
    """Neither the reminder nor the request: a letter that asks for what has come makes people doubt all the others."""
    reference, other = opened(office), opened(office)
    first = _claimed(office, at(5), POLICE)
    failed(office, first, now=at(5), detail="451", next_try=at(6))
    done(office, reference, "agency_return/police", at(6, 9))
    [again] = to_police(post(office, at(6)))
    assert [(notice.reference, notice.item) for notice in again.notices] == [(other, "request/police")]


def _claimed(office: Workspace, now: datetime, address: str) -> OutgoingLetter:
    while ready := next_letter(office, now=now):
        if ready.address == address:
            return ready
        sent(office, ready, now=now, detail="accepted")
    raise AssertionError(address)
