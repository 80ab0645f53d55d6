"""A delay is recorded when it begins and when it is over."""

from datetime import date
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Status
from reviewflow.language.built_in_messages import PASSED_ON
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.delivery.delays import record_left
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.asked import asking_office
from tests.service.builders import BY, NOTIFIED, at, opened

REQUEST = "Ask each agency · Police: “Reply” to Police"


def test_a_delay_whose_first_try_was_cut_short_is_told_at_the_next(office: Workspace) -> None:
    reference = opened(office)
    claimed = [
        letter.number for letter in iter(lambda: next_letter(office, now=at(5, 10)), None)
    ]  # and then the process dies
    assert claimed
    while ready := next_letter(office, now=at(5, 11)):
        failed(office, ready, now=at(5, 11), detail="The mail server was away.", next_try=at(5, 12))
    while ready := next_letter(office, now=at(5, 13)):
        failed(office, ready, now=at(5, 13), detail="The mail server was away.", next_try=at(5, 15))
    words = [event.words for event in history(office, reference) if "has not gone yet" in event.words]
    assert len(words) == len(set(words)) == 2


def test_a_delay_is_told_when_it_begins_and_when_it_is_over(office: Workspace) -> None:
    """Not at every try, and in other words than a refusal."""
    reference = opened(office)
    for hour in (10, 11, 12):
        while ready := next_letter(office, now=at(5, hour)):
            failed(office, ready, now=at(5, hour), detail="The mail server was away.", next_try=at(5, hour + 1))
    while ready := next_letter(office, now=at(5, 13)):
        sent(office, ready, now=at(5, 13), detail="taken")
    words = [event.words for event in history(office, reference) if "Police" in event.words]
    assert [word for word in words if "has not gone yet" in word] == [
        f"{REQUEST} has not gone yet and is tried again. The mail server was away."
    ]
    assert [word for word in words if "after all" in word] == [f"{REQUEST} has gone after all, at the 4th try."]
    assert audit(office)[1] == []
    assert all(row.status == Status.OPEN for _, row in office.store.items(reference))


def test_silence_counts_from_the_request_and_not_from_what_tells_the_one_before(
    sqlite_url: str, tmp_path: Path
) -> None:
    office = asking_office(sqlite_url, tmp_path)
    opening = c.Open({"notified": NOTIFIED}, ())
    reference = open_case(office, "asked", opening, by=BY, now=at(5)).case.reference
    carry_out(office, reference, c.RecordLeft("find"), by=BY, now=at(5))
    chase_due_items(office, now=at(11))
    queued = {notice.message: notice for notice in office.store.notices(status="queued")}
    record_left(office, queued[PASSED_ON], now=at(11))
    assert load(reference, find(office, reference).state).items["find"].asked is None
    record_left(office, queued["reminder"], now=at(11))
    assert load(reference, find(office, reference).state).items["find"].asked == date(2026, 5, 11)
    office.store.close()
