"""Today: what is late, what falls due, which clock is in danger, from the store alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reviewflow.case.model import commands
from reviewflow.service.board.facts.sent import last_sent
from reviewflow.service.board.facts.shapes import Clock, GlanceKind, Verdict
from reviewflow.service.board.today import Today, clock_words, late_words, today
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.case_glances import case_glances
from reviewflow.service.views.case_page.due import due_lines, looks_overdue
from reviewflow.service.views.forecasts import WORST_FIRST
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW
from tests.service.builders import BY, at, done, finished, opened
from tests.service.delivery.letters import post
from tests.service.views.plans import TYPED, planned


@pytest.fixture(scope="module")
def morning(demo_office: Workspace) -> Today:
    return today(demo_office, now=NOW)


def test_what_is_late_stands_longest_first_with_who_has_it_and_what_it_holds_up(morning: Today) -> None:
    assert [row.days for row in morning.late] == sorted((row.days for row in morning.late), reverse=True)
    worst = morning.late[0]
    assert (worst.reference, worst.what, worst.who) == (
        "CSPR-2026-001",
        "Agency report and detailed chronology",
        "Northmoor Hospitals Trust",
    )
    assert (worst.days, worst.words, worst.agency) == (7, "7 working days overdue", "hospital_trust")
    assert worst.last is not None
    assert worst.last.what == "We need your help"
    assert worst.last.following == "", "nothing has left that it could come after"
    assert "Publish the Local Child Safeguarding Practice Review" in worst.holds_up


def test_the_same_is_late_in_every_list(demo_office: Workspace, morning: Today) -> None:
    listed = {(case, line.item) for case, line in due_lines(demo_office, now=NOW, days=0) if line.due < NOW.date()}
    assert {(row.reference, row.item) for row in morning.late} == listed
    counted = case_glances(demo_office, demo_office.store.cases(), now=NOW)
    assert sum(case.overdue for case in counted) == len(listed) == 7
    looks = looks_overdue(demo_office, now=NOW)
    [cases, *_] = make_report(demo_office, ReportScope(), now=NOW, looks_overdue=looks).sheets
    assert sum(int(str(row[cases.columns.index("Overdue now")])) for row in cases.rows) == len(listed)
    assert sum(looks.values()) == 1, "the hold"


def test_a_list_of_what_is_due_says_who_is_to_meet_a_national_limit(demo_office: Workspace) -> None:
    lines = dict(line for line in due_lines(demo_office, now=NOW, days=7) if line[1].item == "submission")
    assert lines["RR-2026-003"].owner == "Partnership business manager"


def test_what_left_last_is_told_before_what_is_still_to_go(office: Workspace) -> None:
    """Of what was chased for days the board said only which letter goes tomorrow."""
    reference, about = opened(office), "agency_return/police"
    post(office, at(5))
    chase_due_items(office, now=at(15))
    post(office, at(15))
    told = last_sent(office, {(reference, about)})[reference, about]
    assert (told.what, told.became, told.following) == ("Overdue", "sent", "Overdue, Mon 18 May 2026 09:30")
    assert told.words == f"Overdue, {told.at}; then Overdue, Mon 18 May 2026 09:30"


def test_what_falls_due_stands_under_its_day_and_an_empty_day_is_shown_too(morning: Today) -> None:
    days = {owed.day: len(owed.rows) for owed in morning.days}
    assert days == {
        date(2026, 11, 27): 9,
        date(2026, 11, 30): 5,
        date(2026, 12, 1): 0,
        date(2026, 12, 2): 0,
        date(2026, 12, 3): 13,
        date(2026, 12, 4): 7,
    }
    assert not {row for owed in morning.days for row in owed.rows} & set(morning.late)


def test_who_is_invited_goes_by_the_post_and_not_by_a_number(morning: Today) -> None:
    [asked] = [owed.rows for owed in morning.days if owed.day == date(2026, 11, 27)]
    invited = {row.who: row.what for row in asked if row.reference == "RR-2026-003"}
    assert invited["Designated nurse for safeguarding children"] == "Say whether you come to the rapid review panel"


def test_each_clock_says_which_day_of_how_many_it_is(morning: Today) -> None:
    clocks = {(clock.reference, clock.national): clock for clock in morning.clocks}
    assert clocks["RR-2026-003", True].day_words == "day 10 of 15"
    assert clocks["RR-2026-003", True].start == date(2026, 11, 13)
    assert [WORST_FIRST.index(clock.verdict) for clock in morning.clocks] == sorted(
        WORST_FIRST.index(clock.verdict) for clock in morning.clocks
    )


def test_a_clock_that_has_run_out_is_missed_and_its_reason_is_owed(demo_office: Workspace) -> None:
    later = today(demo_office, now=NOW + timedelta(days=10))
    [missed] = [clock for clock in later.clocks if clock.verdict is Verdict.MISSED]
    assert (missed.reference, missed.day_words, missed.reason_owed) == ("RR-2026-003", "1 day past 15", True)
    assert [(row.reference, row.national) for row in later.reasons] == [("RR-2026-003", True)]
    assert ("RR-2026-003", GlanceKind.LIMIT, "Partnership business manager") in {
        (row.reference, row.kind, row.who) for row in later.late
    }


def test_the_reason_of_a_missed_limit_is_owed_when_its_case_is_over_too(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference)
    assert today(office, now=at(21)).reasons == ()
    late = opened(office)
    for agency in ("police", "health"):
        done(office, late, f"agency_return/{agency}", at(12))
        done(office, late, f"read/{agency}", at(12))
    done(office, late, "meeting", at(19), held_on="2026-05-19", learning="no")
    done(office, late, "submit", at(1, month=6))
    [owed] = today(office, now=at(3, month=6)).reasons
    assert (owed.reference, owed.kind, owed.national, owed.late) == (late, GlanceKind.REASON, True, True)


def test_a_hold_whose_look_again_is_past_is_late(morning: Today) -> None:
    [hold] = morning.holds
    assert (hold.reference, hold.look_again, hold.overdue) == ("CSPR-2026-001", date(2026, 11, 25), True)
    [look] = [row for row in morning.late if row.kind is GlanceKind.LOOK_AGAIN]
    assert look.days == 2


def test_what_ended_is_held_or_is_not_needed_any_more_is_not_late(changing_office: Workspace) -> None:
    before = {row.reference for row in today(changing_office, now=NOW).late}
    carry_out(changing_office, "RR-2026-003", commands.Withdraw("opened by mistake"), by=BY, now=NOW)
    after = today(changing_office, now=NOW)
    assert "RR-2026-003" in before
    assert "RR-2026-003" not in {row.reference for row in (*after.late, *after.reasons, *after.clocks)}


def test_what_changed_since_the_last_office_day_is_told_by_what_was_done(morning: Today) -> None:
    assert morning.changed.since == date(2026, 11, 26)
    assert morning.changed.chased > 0
    words = [change.words for change in morning.changed.rows]
    assert "Done: Agency summary and chronology · Northmoor Education Service" in words
    assert not [word for word in words if word.startswith("Done: Ask ")]  # what happens by itself


def test_the_headline_counts_what_the_page_shows(morning: Today) -> None:
    assert morning.headline.startswith(late_words(len(morning.late)))
    assert late_words(7) == "Seven things are late."


def a_clock(verdict: Verdict) -> Clock:
    day = date(2026, 5, 5)
    return Clock("RR-1", "Review", "limit", "Limit", True, day, day, "", "office", 1, 15, verdict, "")


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ([], "No clock is running."),
        ([Verdict.ON_COURSE], "The one clock is on course."),
        ([Verdict.ON_COURSE] * 12, "All 12 clocks are on course."),
        (
            [Verdict.MISSED, Verdict.UNLIKELY, Verdict.UNLIKELY],
            "One clock is missed (RR-1, Tue 5 May 2026), two unlikely (RR-1, Tue 5 May 2026; RR-1, Tue 5 May 2026).",
        ),
        ([Verdict.UNLIKELY] * 3, "Three clocks are unlikely."),
        ([Verdict.TIGHT] * 2 + [Verdict.HELD], "Two clocks are tight, one held and cannot be told."),
    ],
)
def test_the_clocks_in_a_sentence(verdicts: list[Verdict], words: str) -> None:
    assert clock_words([a_clock(verdict) for verdict in verdicts]) == words


def test_no_word_that_was_typed_is_on_the_page(office: Workspace, reference: str) -> None:
    planned(office, reference)
    hold = commands.Hold("court", "because Hollyhock asked", requested_by="Foxglove")
    carry_out(office, reference, hold, by=BY, now=at(5))
    more_time = commands.Respond("session/marigold_room", "need_more_time")
    carry_out(office, reference, more_time, by=BY, now=at(6))
    seen = today(office, now=at(29))
    assert seen.late
    assert seen.holds
    assert not [word for word in TYPED if word in str(replace(seen)).lower()]
