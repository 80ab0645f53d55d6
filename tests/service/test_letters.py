"""Letters: one ordinary one a mailbox a day, in office hours; what is refused goes to the next, and is never silent."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from reviewflow.language.model import Agency, Partnership
from reviewflow.language.phrases import Quiet
from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outbox import outbox
from reviewflow.service.delivery.queue import OutgoingLetter, failed, sent, take
from reviewflow.service.delivery.quiet_hours import next_time
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened

POLICE = "reviews@police.example.org"
NIGHT = Quiet(time(18), time(8))


def knows(office: Workspace, **changed: object) -> None:
    """The same partnership, with these keys in its file."""
    object.__setattr__(office, "partnership", office.partnership.model_copy(update=changed))


def agency(partnership: Partnership, **changed: object) -> dict[str, Agency]:
    return {**partnership.agencies, "police": partnership.agencies["police"].model_copy(update=changed)}


def post(office: Workspace, now: datetime, *, waits: bool = True) -> list[OutgoingLetter]:
    """Everything that goes now."""
    gone = []
    while ready := take(office, now=now, waits=waits):
        sent(office, ready, now=now, detail="accepted")
        gone.append(ready)
    return gone


def to_police(gone: list[OutgoingLetter]) -> list[OutgoingLetter]:
    return [each for each in gone if each.address == POLICE]


def test_what_is_due_for_one_mailbox_goes_as_one_letter(office: Workspace) -> None:
    opened(office)
    opened(office)
    [letter] = to_police(post(office, at(5)))
    assert [each.number for each in letter.notices] == ["TR-2026-001/1.1", "TR-2026-002/1.1"]
    subject, text = compose(office.partnership, letter)
    assert subject.startswith("[Toyshire SCP] 2 messages, the first: TR-2026-001: reply by")
    assert [f"Reference {each.number}" in text for each in letter.notices] == [True, True]
    assert {each.letter for each in office.store.notices() if each.status == "sent"} == {
        "TR-2026-001/1.1",
        "TR-2026-001/1.2",
    }


def test_a_second_ordinary_letter_waits_for_the_next_office_day(office: Workspace) -> None:
    opened(office)
    assert len(to_police(post(office, at(8)))) == 1
    opened(office)
    assert to_police(post(office, at(8, 12))) == []
    waiting = [each for each in office.store.notices() if each.status == "queued"]
    assert {each.next_try for each in waiting} == {"2026-05-11T08:30:00+00:00"}
    assert len(to_police(post(office, at(11)))) == 1


def test_what_the_partnership_names_goes_beside_it_at_once(office: Workspace) -> None:
    knows(office, breaks_daily=("agency_return",), quiet=NIGHT)
    opened(office)
    post(office, at(12))
    chase_due_items(office, now=at(12))
    [letter] = to_police(post(office, at(12, 20)))
    assert [each.item for each in letter.notices] == ["agency_return/police"]
    assert letter.urgent


def test_a_reminder_that_a_later_one_overtook_is_not_sent(office: Workspace) -> None:
    """The day's letter had gone when the reminder fell due; by the next morning the work is overdue."""
    reference = opened(office)
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(15))
    [letter] = to_police(post(office, at(15)))
    assert [(each.item, each.message) for each in letter.notices if each.item.startswith("agency_return")] == [
        ("agency_return/police", "overdue")
    ]
    reminder = next(each for each in outbox(office, reference) if "reply by" in each.subject and "return" in each.item)
    assert reminder.words == "No longer needed: a later message about it went in its place."


def test_the_most_urgent_stands_first(office: Workspace) -> None:
    knows(office, breaks_daily=("agency_return",))
    opened(office)
    chase_due_items(office, now=at(15))
    [letter] = to_police(post(office, at(15)))
    assert [each.item for each in letter.notices] == ["agency_return/police", "request/police"]


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at(12, 10), at(12, 10)),
        (at(12, 5), at(12, 8) + timedelta(minutes=30)),
        (at(12, 7) + timedelta(minutes=15), at(12, 8) + timedelta(minutes=30)),  # the sending time, not the night's end
        (at(12, 17), at(13, 8) + timedelta(minutes=30)),
        (at(15, 18), at(18, 8) + timedelta(minutes=30)),
        (at(16, 10), at(18, 8) + timedelta(minutes=30)),
        (at(25, 10), at(26, 8) + timedelta(minutes=30)),  # a bank holiday
    ],
)
def test_ordinary_letters_go_in_office_hours(office: Workspace, now: datetime, goes: datetime) -> None:
    knows(office, quiet=NIGHT)
    assert next_time(office.partnership, office.calendars["office"], now) == goes


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
    reference = opened(office)
    chase_due_items(office, now=at(12))
    first = _claimed(office, at(12), POLICE)
    assert len(first.notices) == 2
    failed(office, first, now=at(12), detail="451", next_try=at(12, 11))
    done(office, reference, "agency_return/police", at(12, 10))
    [again] = to_police(post(office, at(12, 12)))
    assert (again.number, [each.item for each in again.notices]) == (first.number, ["request/police"])


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
    others = [each.address for each in gone if "police" not in each.address and "nhs" not in each.address]
    assert others == ["deputy@other.example.org", "support@scp.example.org"]
    said = [entry.words for entry in history(office, reference)]
    assert any(
        f"did not reach Police. {why.rstrip('.')}" in each and "Police (deputy) instead" in each for each in said
    )
    told = next(each for each in office.store.notices() if each.message == "undelivered")
    assert "put the address right if it is wrong" in told.text
    assert audit(office) == (1, [])


def test_the_chain_ends_at_business_support(office: Workspace) -> None:
    opened(office, agencies=("police",))
    addresses = [POLICE, "deputy@police.example.org", "senior@police.example.org"]
    gone = _until_nothing(office, at(5), refused=set(addresses))
    assert {each.address for each in gone} == {"support@scp.example.org"}
    assert {each.status for each in office.store.notices()} == {"sent", "undeliverable"}


def test_when_nobody_can_be_reached_it_ends_and_is_seen(office: Workspace) -> None:
    reference = opened(office, agencies=("police",))
    assert _until_nothing(office, at(5), refused=everybody) == []
    assert {each.status for each in office.store.notices()} == {"undeliverable"}
    assert any("Nobody else gets it" in each.words for each in history(office, reference))


def test_a_letter_tells_what_else_is_owed(office: Workspace) -> None:
    """One rung fires, and the other case is not forgotten; what stands still or was answered is left out."""
    opened(office)
    other = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    first = next(each for each in post(office, at(12)) if each.address == POLICE)
    told = [each for each in first.notices if each.reference != other]
    [line] = AlsoDue(office, at(12)).besides(POLICE, told)
    assert line == f"{other}: Agency return · Police, by Thu 14 May 2026 (2 working days left)"
    subject, text = compose(
        office.partnership, OutgoingLetter(first.number, POLICE, tuple(told), at(12), besides=(line,))
    )
    assert subject == told[0].subject
    assert text.endswith(f"You also owe us, with no message today:\n- {line}\n")
    done(office, other, "agency_return/police", at(12))
    assert AlsoDue(office, at(12)).besides(POLICE, told) == []


def everybody(_: str) -> bool:
    return True


def _until_nothing(
    office: Workspace, now: datetime, *, refused: set[str] | Callable[[str], bool]
) -> list[OutgoingLetter]:
    refuses = refused if callable(refused) else refused.__contains__
    gone = []
    for _ in range(40):
        ready = take(office, now=now)
        if ready is None:
            return gone
        if refuses(ready.address):
            failed(office, ready, now=now, detail="The mail server refused this address for good (550).", next_try=None)
        else:
            sent(office, ready, now=now, detail="accepted")
            gone.append(ready)
    raise AssertionError("it goes on for ever")


def _claimed(office: Workspace, now: datetime, address: str) -> OutgoingLetter:
    while ready := take(office, now=now):
        if ready.address == address:
            return ready
        sent(office, ready, now=now, detail="accepted")
    raise AssertionError(address)
