"""Chasing: promised exactly once, stopped by any answer, the highest rung only after downtime."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.queue import sent, take
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.last_sweep import last_sweep_words, record_sweep
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, finished, opened


def notices(office: Workspace, item: str) -> list[tuple[str, str, str]]:
    return [(each.message, each.recipient, each.status) for each in office.store.notices() if each.item == item]


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
    assert sum("was passed over and not sent" in each and "Police" in each for each in words) == 2
    assert any("2 earlier passed over, because nothing could go out in time" in each for each in words)


def test_the_message_says_what_by_when_and_what_follows(office: Workspace) -> None:
    opened(office)
    chase_due_items(office, now=at(12))
    notice = next(
        each
        for each in office.store.notices()
        if each.recipient == "agency:police:contact" and each.item != "request/police"
    )
    assert notice.subject == "[Toyshire SCP] TR-2026-001: reply by Thu 14 May 2026"
    assert notice.text == (
        "TR-2026-001: Agency return, owed by Police, is due on Thu 14 May 2026 (2 working days left).\n"
        "If nothing has arrived by Fri 15 May 2026, we write again, and to Police (senior sign-off) too. "
        "Ask Business support officer, 01632 960100. Sign in: https://portal.scp.example.org/sign-in\n"
    )


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
    while ready := take(office, now=at(5)):
        addresses.append(ready.address)
        sent(office, ready, now=at(5), detail="accepted")
    assert sorted(addresses) == ["reviews@nhs.example.org", "reviews@police.example.org"]
    assert {each.status for each in office.store.notices()} == {"sent"}


def test_posts_are_resolved_to_mailboxes(office: Workspace) -> None:
    found = {
        each: mailbox(office.partnership, each)
        for each in (
            "role:chair",
            "agency:police:senior",
            "agency:police:deputy",
            "agency:health:partner",
            "role:nobody",
        )
    }
    assert found == {
        "role:chair": "chair@scp.example.org",
        "agency:police:senior": "senior@police.example.org",
        "agency:police:deputy": "deputy@police.example.org",
        "agency:health:partner": "partner@nhs.example.org",
        "role:nobody": None,
    }


def test_a_message_that_tells_an_old_day_is_not_sent(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    carry_out(office, reference, c.CorrectDate("notified", date(2026, 5, 1), "sent a day early"), by=BY, now=at(12, 11))
    assert {status for _, _, status in notices(office, "agency_return/police")} == {"withdrawn"}
    assert chase_due_items(office, now=at(12, 12)) == 2
    subjects = [
        each.subject for each in office.store.notices(reference, "queued") if each.item == "agency_return/police"
    ]
    assert subjects == ["[Toyshire SCP] TR-2026-001: reply by Wed 13 May 2026"]


def test_anybody_can_see_when_the_last_sweep_was(office: Workspace) -> None:
    assert last_sweep_words(office).startswith("No sweep has run yet: nobody is being chased.")
    record_sweep(office, (at(12), at(12, 11)), chased=3, sent=4, failed=1, note="")
    assert last_sweep_words(office) == "Last sweep: Tue 12 May 2026 12:00, 3 chased, 4 messages delivered, 1 not."
