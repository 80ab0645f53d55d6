"""Summaries: once a period for each post, nothing when there is nothing to tell, tried again until they have gone."""

import shutil
from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml

from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from notifications.outcome import DeliveryStatus
from reviewflow.case.model import commands as c
from reviewflow.language.model import Digest, HowOften, Weekday
from reviewflow.language.phrases import Quiet
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.delivery.also_due import lists_all_work
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outbox import MessageState, outbox
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, outgoing_letters, sent
from reviewflow.service.records.audit_heads import broken, heads_in, seal
from reviewflow.service.reports.figures.reporting import make_report, nothing_to_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.digest_periods import DigestPeriod, period
from reviewflow.service.sweep.digests import digests_for, make_digests, make_due_digests
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, finished, opened
from tests.service.conftest import TOY

DIGESTS = {
    "morning": {"title": "The day", "to": ("business_support", "business_manager"), "every": "working day"},
    "chairs": {"title": "The week", "to": "chair", "every": "week"},
    "quarter": {"title": "The quarter", "to": "partner_police", "every": "quarter", "tells": "figures"},
}


@pytest.fixture(autouse=True)
def with_digests(office: Workspace) -> None:
    known = {name: Digest.model_validate(digest) for name, digest in DIGESTS.items()}
    changed = {"digests": known, "quiet": Quiet(time(18), time(8))}
    object.__setattr__(office, "partnership", office.partnership.model_copy(update=changed))


def test_nothing_is_sent_when_there_is_nothing_to_tell(office: Workspace) -> None:
    assert make_digests(office, now=at(5)) == 0
    assert digests_for(office, "business_support", now=at(5)) == []


def test_it_tells_what_is_late_and_what_comes(office: Workspace) -> None:
    opened(office)
    [written] = digests_for(office, "business_support", now=at(15))
    assert written.subject == "[Toyshire SCP] The day: Fri 15 May 2026"
    assert written.text.startswith("Late (2)\n- TR-2026-001: Agency return, ")
    late = "Agency return, Hospital trust and Police, due Thu 14 May 2026 (1 working day overdue)"
    assert f"- TR-2026-001: {late}" in written.text
    assert "Due in the next 7 days" not in written.text
    assert "To answer: https://portal.scp.example.org/sign-in" in written.text


def test_nobody_is_told_to_ask_the_mailbox_in_which_they_read_it(office: Workspace) -> None:
    opened(office)
    asks = "Ask Business support officer, 01632 960100, support@scp.example.org."
    whom = {post: digests_for(office, post, now=at(15))[0] for post in ("business_support", "business_manager")}
    assert {post: asks in digest.text for post, digest in whom.items()} == {
        "business_support": False,
        "business_manager": True,
    }
    assert whom["business_manager"].text == f"{whom['business_support'].text}{asks}\n"


def test_what_somebody_outside_is_to_answer_is_never_called_late_or_due(office: Workspace, tmp_path: Path) -> None:
    asked = {
        "title": "The court's answer",
        "owner": "chair",
        "waits_for": "the court",
        "due": "1 working day after asked",
    }
    outside = {
        "language": 1,
        "process": "outside",
        "version": 1,
        "title": "Ask the court",
        "reference": "OUT-{year}-{number}",
        "opening": {"dates": {"asked": "When it was asked"}},
        "steps": {"answer": asked},
    }
    folder = tmp_path / "outside"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "outside.yaml").write_text(yaml.safe_dump(outside), encoding="utf-8")
    asking = Workspace(office.store, folder)
    object.__setattr__(asking, "partnership", office.partnership)
    open_case(asking, "outside", c.Open({"asked": date(2026, 5, 5)}), by=BY, now=at(5))
    [written] = digests_for(asking, "business_support", now=at(8))
    answer = "- OUT-2026-001: The court's answer, Chair of the review group, hoped for by Wed 6 May 2026"
    assert written.text.startswith(f"Not come yet from others (1)\n{answer} (expected 2 working days ago)")
    assert "Late" not in written.text
    [before] = digests_for(asking, "business_support", now=at(5))
    assert before.text.startswith(f"Due in the next 7 days (1)\n{answer}")


def with_a_digest(office: Workspace, **said: object) -> None:
    digest = Digest.model_validate({"title": "What is near", "to": ("chair",), **said})
    object.__setattr__(office, "partnership", office.partnership.model_copy(update={"digests": {"near": digest}}))


def test_a_weekly_one_goes_on_its_day_or_on_the_next_on_which_the_office_works(office: Workspace) -> None:
    """Friday 22 May; and of the week in which the office is closed from Friday to Monday, Tuesday 26 May."""
    assert period(HowOften.WEEK, date(2026, 5, 21), Weekday.FRIDAY) == DigestPeriod(
        "2026-W20-Friday", date(2026, 5, 15), date(2026, 5, 21)
    )
    with_a_digest(office, every="week", on="Friday", ahead="4 weeks")
    opened(office)
    assert make_digests(office, now=at(15)) == 1
    assert [make_digests(office, now=at(day)) for day in (18, 20, 21)] == [0, 0, 0]
    assert make_digests(office, now=at(22)) == 1
    assert [digest.key for digest in office.store.digests()] == [
        "near/chair/2026-W20-Friday",
        "near/chair/2026-W21-Friday",
    ]


@pytest.mark.parametrize(
    ("was", "now", "days"),
    [
        ("Monday", "Friday", [15, 22]),  # the week of the change has two days, and the summary of Monday has gone
        ("Friday", "Monday", [18, 26]),  # Monday 11 May was over when it was changed; on Monday 25 the office is closed
        ("Monday", "Thursday", [14, 21]),
        ("Wednesday", "Tuesday", [19, 26]),
    ],
)
def test_where_its_day_is_changed_in_midweek_it_goes_on_the_new_day_next(
    office: Workspace, was: str, now: str, days: list[int]
) -> None:
    opened(office)
    with_a_digest(office, every="week", on=was)
    for day in range(5, 14):  # the change is made on Wednesday 13 May, after the summaries of that day
        make_digests(office, now=at(day))
    with_a_digest(office, every="week", on=now)
    assert [day for day in (13, 14, 15, 18, 19, 20, 21, 22, 26) if make_digests(office, now=at(day))] == days


def test_how_far_it_looks_ahead_is_said(office: Workspace) -> None:
    opened(office)
    with_a_digest(office, every="week", ahead="1 day")
    assert digests_for(office, "chair", now=at(5)) == []
    with_a_digest(office, every="week", ahead="2 weeks")
    [written] = digests_for(office, "chair", now=at(5))
    assert "Due in the next 14 days (2)" in written.text


def test_one_of_some_processes_tells_of_their_cases_and_of_nothing_else(office: Workspace) -> None:
    opened(office)
    with_a_digest(office, every="working day", of=("follow_up",))
    assert digests_for(office, "chair", now=at(15)) == []
    with_a_digest(office, every="working day", of=("follow_up", "review"))
    [written] = digests_for(office, "chair", now=at(15))
    assert written.text.startswith("Late (2)")
    assert not lists_all_work(office.partnership, [written])


def test_each_goes_once_a_period_however_often_it_is_made(office: Workspace) -> None:
    opened(office)
    assert make_digests(office, now=at(12)) == 3
    assert make_digests(office, now=at(12, 15)) == 0
    assert make_digests(office, now=at(13)) == 2
    assert make_digests(office, now=at(18)) == 3
    assert sorted(digest.key for digest in office.store.digests() if digest.key.startswith("chairs")) == [
        "chairs/chair/2026-W20",
        "chairs/chair/2026-W21",
    ]


def test_the_head_goes_to_whoever_keeps_it(office: Workspace) -> None:
    known = {"head": Digest.model_validate({"title": "H", "to": ("chair",), "every": "working day", "tells": "head"})}
    object.__setattr__(office, "partnership", office.partnership.model_copy(update={"digests": known}))
    assert digests_for(office, "chair", now=at(15)) == []
    opened(office)
    seal(office, now=at(15, 9))
    [written] = digests_for(office, "chair", now=at(15))
    [head] = set(heads_in(written.text))
    assert list(broken(office, [head])) == []


@pytest.mark.parametrize("now", [at(12, 3), at(12, 19), at(16), at(25)])
def test_not_at_night_nor_on_closed_days(office: Workspace, now: datetime) -> None:
    opened(office)
    assert make_due_digests(office, now=now) == 0


def test_the_first_sweep_of_the_day_makes_them(office: Workspace) -> None:
    opened(office)
    assert make_due_digests(office, now=at(12)) == 3
    record_sweep(office, (at(13), at(13)), chased=0, sent=0, failed=0, note="")
    assert make_due_digests(office, now=at(13, 12)) == 0
    record_sweep(office, (at(13, 12), at(13, 12)), chased=0, sent=0, failed=1, note="")
    assert make_due_digests(office, now=at(13, 13)) == 2


def test_the_quarters_figures_come_when_it_is_over(office: Workspace) -> None:
    finished(office, opened(office))
    assert digests_for(office, "partner_police", now=at(20)) == []
    [written] = digests_for(office, "partner_police", now=at(1, month=7))
    assert written.key == "quarter/partner_police/2026-Q2"
    assert written.subject == "[Toyshire SCP] The quarter: Wed 1 Apr 2026 to Tue 30 Jun 2026"
    assert "Wed 1 Apr 2026 to Tue 30 Jun 2026" in written.text


def test_the_figures_of_a_quarter_before_the_first_case_are_empty_and_read_no_history(office: Workspace) -> None:
    opened(office)
    assert digests_for(office, "partner_police", now=at(20)) == []
    assert not office.read_before
    report = make_report(office, ReportScope(since=date(2026, 1, 1), until=date(2026, 3, 31)), now=at(20))
    assert not [sheet for sheet in report.sheets if sheet.rows]


def test_they_tell_a_target_also_where_there_was_no_case(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(office)
    before = date(2026, 3, 31)
    assert nothing_to_report(office, before)
    name, process = next(iter(office.processes().items()))
    with_target = process.model_copy(update={"targets": {"in_time": object()}})
    monkeypatch.setattr(Workspace, "processes", lambda _: {name: with_target})
    assert not nothing_to_report(office, before)


@pytest.mark.parametrize(
    ("every", "today", "name"),
    [
        (HowOften.WORKING_DAY, date(2026, 5, 5), "2026-05-05"),
        (HowOften.WEEK, date(2027, 1, 1), "2026-W53"),
        (HowOften.QUARTER, date(2027, 1, 4), "2026-Q4"),
        (HowOften.QUARTER, date(2026, 12, 31), "2026-Q3"),
    ],
)
def test_periods_have_names(every: HowOften, today: date, name: str) -> None:
    covered = period(every, today)
    assert covered.name == name
    assert covered.since <= covered.until


def test_who_gets_none_is_told(office: Workspace) -> None:
    with pytest.raises(UserError, match=r"business_suport.*Did you mean"):
        digests_for(office, "business_suport", now=at(5))


def test_a_digest_goes_in_the_one_letter_of_the_day(office: Workspace) -> None:
    """The office's mailbox is that of the police here, who are chased on the same day."""
    posts = office.partnership.roles
    own = {"business_support": posts["business_support"].model_copy(update={"email": "reviews@police.example.org"})}
    changed = office.partnership.model_copy(update={"roles": {**posts, **own}})
    object.__setattr__(office, "partnership", changed)
    opened(office)
    _settled(office, at(5))
    chase_due_items(office, now=at(15))
    make_digests(office, now=at(15))
    [letter] = [letter for letter in _claimed(office, at(15)) if letter.address == "reviews@police.example.org"]
    assert [digest.key for digest in letter.digests] == ["morning/business_support/2026-05-15"]
    subject, text = compose(office.partnership, letter)
    assert subject.startswith("[Toyshire SCP] 2 messages, the first: Overdue: TR-2026-001")
    assert "2. The day: Fri 15 May 2026\n\nLate (2)" in text


def test_what_comes_after_the_letter_waits_and_gives_way_to_a_newer_one(office: Workspace) -> None:
    opened(office)
    digests = digests_for(office, "chair", now=at(12))
    for digest in digests_for(office, "business_support", now=at(12)):
        office.store.put_digest(digest)
    assert [letter.digests for letter in _settled(office, at(12)) if letter.digests]
    make_digests(office, now=at(12, 12))
    later = _settled(office, at(12, 12))
    assert {letter.address for letter in later}.isdisjoint({"support@scp.example.org"})
    make_digests(office, now=at(13))
    [monday] = [letter for letter in _settled(office, at(13)) if letter.address == "support@scp.example.org"]
    assert [digest.key for digest in monday.digests] == ["morning/business_support/2026-05-13"]
    assert digests


def test_one_that_waited_too_long_is_withdrawn(office: Workspace) -> None:
    opened(office)
    make_digests(office, now=at(12))
    make_digests(office, now=at(13))
    words = {
        message.number: message.words
        for message in outbox(office)
        if message.number.startswith("digest/morning/business_s")
    }
    assert words["digest/morning/business_support/2026-05-12"] == "No longer needed: a newer one goes in its place."
    assert words["digest/morning/business_support/2026-05-13"].startswith("Goes at Wed 13 May 2026")


def test_they_are_sent_once_and_tried_again(office: Workspace, tmp_path: Path) -> None:
    opened(office)
    _settled(office, at(5))
    make_digests(office, now=at(12))
    in_the_way = Delivery(Mode.TEST, _file(tmp_path), "Reviews", "reviews@scp.example.org")
    assert deliver_letters(office, in_the_way, clock=lambda: at(12)) == {DeliveryStatus.RETRY: 3}
    good = Delivery(Mode.TEST, _file(tmp_path).with_name("messages"), "Reviews", "reviews@scp.example.org")
    assert deliver_letters(office, good, clock=lambda: at(12, 11)) == {DeliveryStatus.HELD: 3}
    assert deliver_letters(office, good, clock=lambda: at(12, 12)) == {}
    assert {digest.status for digest in office.store.digests()} == {"sent"}
    assert len(list(good.folder.iterdir())) == 3


def test_one_that_reaches_nobody_stands_in_the_offices_log(office: Workspace) -> None:
    opened(office)
    _settled(office, at(5))
    make_digests(office, now=at(12))
    for ready in _claimed(office, at(12)):
        failed(office, ready, now=at(12), detail="The mail server refused this address for good (550).", next_try=None)
    assert any("chairs/chair/2026-W20 reached nobody" in entry.body for entry in office.store.noted("digest"))
    assert {digest.status for digest in office.store.digests()} == {"undeliverable"}
    assert {message.words for message in outbox(office) if message.lot is MessageState.REFUSED} == {
        "Refused for good: The mail server refused this address for good (550)."
    }


def _claimed(office: Workspace, now: datetime) -> list[OutgoingLetter]:
    return list(outgoing_letters(office, clock=lambda: now))


def _settled(office: Workspace, now: datetime) -> list[OutgoingLetter]:
    """Everything that goes now, sent."""
    gone = []
    for ready in outgoing_letters(office, clock=lambda: now):
        sent(office, ready, now=now, detail="accepted")
        gone.append(ready)
    return gone


def _file(folder: Path) -> Path:
    path = folder / "in the way"
    path.write_text("")
    return path
