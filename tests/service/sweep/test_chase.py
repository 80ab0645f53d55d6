"""Chasing: each rung once, the highest only after downtime, stopped by any answer, several cases in one transaction."""

from collections.abc import Sequence
from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.language.built_in_messages import DAY_MOVED
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep import chase as sweep
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, Change
from reviewflow.store.store import Store
from tests.service.builders import BY, at, done, finished, opened


def notices(office: Workspace, item: str) -> list[tuple[str, str, str]]:
    return [
        (notice.message, notice.recipient, notice.status) for notice in office.store.notices() if notice.item == item
    ]


def test_a_rung_is_fired_once_however_often_the_sweep_runs(office: Workspace) -> None:
    opened(office)
    assert chase_due_items(office, now=at(12, 8)) == 0
    assert chase_due_items(office, now=at(12, 9)) == 2
    assert chase_due_items(office, now=at(12, 9)) == 0
    assert notices(office, "agency_return/police") == [("reminder", "agency:police:contact", "queued")]


def test_after_downtime_only_the_highest_rung_goes_out(office: Workspace) -> None:
    reference = opened(office)
    assert chase_due_items(office, now=at(20)) == 2
    assert notices(office, "agency_return/police") == [
        ("overdue", "agency:police:partner", "queued"),
        ("overdue", "agency:police:contact", "queued"),
        ("overdue", "role:chair", "queued"),
    ]
    words = [entry.words for entry in history(office, reference)]
    assert sum("was passed over and not sent" in word and "Police" in word for word in words) == 2
    assert any("2 earlier passed over, because nothing could go out in time" in word for word in words)


def test_an_answer_stops_the_chase_and_withdraws_what_was_queued(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(15))
    done(office, reference, "agency_return/police", at(15, 11))
    assert {status for _, _, status in notices(office, "agency_return/police")} == {"withdrawn"}
    assert {status for _, _, status in notices(office, "agency_return/health")} == {"queued"}
    assert chase_due_items(office, now=at(29)) == 2  # the other agency, and the limit that is over
    assert not any(status == "queued" for _, _, status in notices(office, "agency_return/police"))


def test_the_national_limit_is_chased_until_it_is_met(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(25))
    assert ("reminder", "role:business_manager", "queued") in notices(office, "submission")
    finished(office, reference)
    assert chase_due_items(office, now=at(29)) == 0
    assert audit(office) == (1, [])


def test_each_notice_goes_to_one_mailbox_and_is_settled(office: Workspace) -> None:
    opened(office)
    addresses = []
    while ready := next_letter(office, now=at(5)):
        addresses.append(ready.address)
        sent(office, ready, now=at(5), detail="accepted")
    assert sorted(addresses) == ["reviews@nhs.example.org", "reviews@police.example.org"]
    assert {notice.status for notice in office.store.notices()} == {"sent"}


def test_a_message_that_tells_an_old_day_is_not_sent(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    carry_out(office, reference, c.CorrectDate("notified", date(2026, 5, 1), "sent a day early"), by=BY, now=at(12, 11))
    about = notices(office, "agency_return/police")
    assert {status for message, _, status in about if message != DAY_MOVED} == {"withdrawn"}
    assert chase_due_items(office, now=at(12, 12)) == 2
    subjects = [
        notice.subject for notice in office.store.notices(reference, "queued") if notice.item == "agency_return/police"
    ]
    assert subjects == [
        "[Toyshire SCP] Another day, Wed 13 May 2026: TR-2026-001",
        "[Toyshire SCP] TR-2026-001: reply by Wed 13 May 2026",
    ]


def test_an_answer_at_the_last_moment_is_not_chased_and_all_others_are(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [opened(office) for _ in range(3)]
    together = Store.append_together

    def after_an_answer(store: Store, changes: Sequence[Change]) -> list[CaseRow] | None:
        monkeypatch.setattr(Store, "append_together", together)
        done(office, references[1], changes[1].items[0].item, at(12))
        return together(store, changes)

    monkeypatch.setattr(Store, "append_together", after_an_answer)
    assert chase_due_items(office, now=at(12)) == 5
    chased = [notice.item for notice in office.store.notices() if notice.item.startswith("agency_return")]
    assert len(chased) == 5
    assert audit(office) == (3, [])


def test_more_items_than_are_asked_for_at_once_are_all_chased(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 3)
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    for _ in range(5):
        opened(office)
    assert chase_due_items(office, now=at(12)) == 10
    assert chase_due_items(office, now=at(12)) == 0
    assert audit(office) == (5, [])
