"""Cases, agencies, actions, the year and health: each says the same as today's page and the figures."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from reviewflow.case.model import commands
from reviewflow.london import stamp
from reviewflow.service.board.actions import actions_page
from reviewflow.service.board.agencies import Agencies, agencies_page, punctuality
from reviewflow.service.board.case_file import case_file
from reviewflow.service.board.cases import cases_page
from reviewflow.service.board.facts.seen import DayOfGlances, as_bytes, brought_up_to_date, kept
from reviewflow.service.board.facts.sent import became, moment_of, sent, sent_counts
from reviewflow.service.board.health import health_page
from reviewflow.service.board.today import glances, number_words, of_glances
from reviewflow.service.board.year import Year, year_of, year_page
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import PREFECT, SentMessage
from tests.service.board.conftest import NOW
from tests.service.builders import BY, at
from tests.service.views.plans import TYPED, planned


@pytest.fixture(scope="module")
def agencies(demo_office: Workspace) -> Agencies:
    punctual = punctuality(demo_office, facts(demo_office), now=NOW)
    return agencies_page(demo_office, list(glances(demo_office, now=NOW)), punctual, counted=NOW, now=NOW)


def test_all_cases_stand_on_one_scale_the_worst_first(demo_office: Workspace) -> None:
    page = cases_page(demo_office, glances(demo_office, now=NOW), now=NOW)
    assert (page.first, page.last) == (date(2026, 9, 11), date(2027, 3, 11))
    lines = {line.reference: line for line in page.lines}
    assert (lines["RR-2026-003"].stage, lines["RR-2026-003"].late, lines["RR-2026-003"].worst_late) == (
        "Gathering",
        5,
        4,
    )
    morning = of_glances(demo_office, glances(demo_office, now=NOW), now=NOW)
    assert sum(line.late for line in page.lines) == len(morning.late)
    assert lines["CSPR-2026-001"].holds == ("Publication waits for a court",)


def test_of_what_was_written_it_is_told_what_went_and_what_is_still_to_go(agencies: Agencies) -> None:
    trust = next(line for line in agencies.lines if line.name == "hospital_trust")
    assert trust.sent_words == "17 still to go, 1 withdrawn"


def test_what_several_owe_or_are_sent_alike_is_one_line(demo_office: Workspace) -> None:
    row = demo_office.store.load("RR-2026-002")
    assert row is not None
    page = case_file(demo_office, row, now=NOW)
    [asked] = [line for line in page.coming if line.what.startswith("Say whether you come")]
    assert asked.who.startswith("Partnership business manager, Designated nurse for safeguarding children, ")
    invited = [each for each in page.messages if each.what == "Meeting"]
    assert {each.about for each in invited} == {"Invite the members of the panel"}
    assert sum(each.readers for each in invited) == 16
    assert len(invited) < 3


def test_a_case_counts_each_reader_of_a_message_as_the_agencies_do(demo_office: Workspace) -> None:
    """A chase to an agency and to our own post was one on the page of its case, and two elsewhere."""
    for reference in ("RR-2026-002", "RR-2026-003"):
        row = demo_office.store.load(reference)
        assert row is not None
        page = case_file(demo_office, row, now=NOW)
        written = demo_office.store.messages(reference)
        assert sum(each.readers for each in page.messages) == len(written)
        assert page.sent_words == sent_counts(became(message) for message in written)


def test_a_message_stands_under_the_moment_at_which_it_left_or_goes(demo_office: Workspace) -> None:
    written, goes, left = "2026-11-27T09:00:00+00:00", "2026-11-30T09:30:00+00:00", "2026-11-30T09:31:00+00:00"
    waits = SentMessage(
        "RR-2026-001/1.1", "RR-2026-001", "", "police", "reminder", False, "queued", written, goes, None
    )
    assert sent(demo_office, [waits]).words == "Reminder, Mon 30 Nov 2026 09:30, still to go"
    assert moment_of(waits._replace(status="withdrawn")) == written
    assert moment_of(waits._replace(status="sent", sent_at=left)) == left


def test_what_was_sent_to_the_police(agencies: Agencies) -> None:
    [police] = [line for line in agencies.lines if line.name == "police"]
    assert (police.late, police.on_time, police.counted) == ((), 4, 4)
    assert len(police.messages) == 15
    newest = police.messages[0]
    assert (newest.reference, newest.what, newest.to) == (
        "RR-2026-001",
        "Has our request arrived?",
        "Northmoor Police (deputy)",
    )
    assert newest.about == "Agency summary and chronology · Northmoor Police"


def test_who_is_late_with_most_stands_first(agencies: Agencies) -> None:
    assert [(line.name, len(line.late)) for line in agencies.lines][:3] == [
        ("hospital_trust", 2),
        ("probation", 1),
        ("childrens_social_care", 0),
    ]
    late = agencies.lines[0]
    assert (late.on_time, late.counted) == (0, 2)


def test_the_year_runs_from_april_and_is_held_against_the_same_days_before(demo_office: Workspace) -> None:
    page = year_page(demo_office, list(facts(demo_office)), now=NOW)
    rows = {row.what: (row.now, row.before) for row in page.rows}
    assert rows["Cases opened"] == ("5", "0")
    assert rows["Answers of agencies in time"] == ("11 of 14", "")
    assert page.year == Year(date(2026, 4, 1), date(2026, 11, 27))
    assert page.year.before == Year(date(2025, 4, 1), date(2025, 11, 27))
    assert year_of(date(2028, 2, 29)).before == Year(date(2026, 4, 1), date(2027, 2, 28))


def test_what_is_to_be_put_right_stands_first(demo_office: Workspace) -> None:
    page = health_page(demo_office, {}, now=NOW)
    assert page.headline == f"{number_words(page.to_do).capitalize()} things to put right."
    verdicts = [str(finding.verdict) for finding in page.findings]
    assert verdicts == sorted(verdicts, key=["to do", "cannot tell", "good"].index)


def test_the_page_of_health_says_when_prefect_was_last_there(changing_office: Workspace) -> None:
    def said() -> tuple[str, str]:
        [line] = [
            finding for finding in health_page(changing_office, {}, now=NOW).findings if finding.about == "Prefect"
        ]
        return str(line.verdict), line.says

    assert said() == ("good", "No sweep here was ever Prefect's")
    changing_office.store.note_done(PREFECT, stamp(NOW - timedelta(minutes=20)))
    assert said() == ("good", "It was there for the sweep of Fri 27 Nov 2026 10:40")
    changing_office.store.note_done(PREFECT, stamp(NOW - timedelta(hours=3)))
    assert said() == ("cannot tell", "Nothing was heard of it since its sweep of Fri 27 Nov 2026 08:00")


def test_only_what_changed_is_looked_at_anew(changing_office: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "glances.json"
    first = brought_up_to_date(changing_office, kept(changing_office, place, now=NOW), now=NOW)
    place.write_bytes(as_bytes(first))
    again = kept(changing_office, place, now=NOW)
    assert again == first
    carry_out(changing_office, "LE-2026-001", commands.Withdraw("opened by mistake"), by=BY, now=NOW)
    hold = commands.Release("publication", "the trial is over")
    carry_out(changing_office, "CSPR-2026-001", hold, by=BY, now=NOW)
    later = brought_up_to_date(changing_office, again, now=NOW)
    assert later == DayOfGlances(first.made_of, tuple(glances(changing_office, now=NOW)))
    assert [case.reference for case in later.glances if case in first.glances] == [
        "RR-2026-001",
        "RR-2026-002",
        "RR-2026-003",
    ]


def test_what_was_kept_yesterday_or_is_damaged_is_thrown_away(demo_office: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "glances.json"
    place.write_bytes(as_bytes(brought_up_to_date(demo_office, kept(demo_office, place, now=NOW), now=NOW)))
    assert kept(demo_office, place, now=NOW).glances
    assert kept(demo_office, place, now=NOW + timedelta(days=1)).glances == ()
    place.write_bytes(place.read_bytes()[:-9])
    assert kept(demo_office, place, now=NOW).glances == ()


def test_no_word_that_was_typed_is_on_any_page(office: Workspace, reference: str) -> None:
    planned(office, reference)
    seen = list(glances(office, now=at(29)))
    pages = (
        cases_page(office, seen, now=at(29)),
        agencies_page(office, seen, punctuality(office, facts(office), now=at(29)), counted=at(29), now=at(29)),
        actions_page(office, actions(office), now=at(29)),
        year_page(office, list(facts(office)), now=at(29)),
    )
    assert not [word for word in TYPED if word in str(pages).lower()]
