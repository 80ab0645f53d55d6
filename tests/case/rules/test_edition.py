"""Each mended rule is held back from a case of the edition before: it goes on as it was, until the office moves it."""

import inspect
import sys
from datetime import UTC, datetime

import pytest

from reviewflow.case.advance import advance
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.rules import edition
from tests.case import stage
from tests.case.stage import FOLDER
from tests.case.timeline import Player, WentOtherwise, load_timeline, play

MENDED = {
    "what_is_due_on_the_opening_is_due_when_begun": ("optional_on_the_opening", "found {'call': '2026-05-15'}"),
    "silence_waits_for_the_request": ("silence_unasked", "found {'comments/police': '2026-05-18 23:00 UTC'}"),
    "chasing_starts_with_the_work": ("begins_late", "found {'pack': 'escalation to chair, business_manager, partner_"),
    "rounds_stop_line_by_line": ("repeats_line_by_line", "found ['Completed'], expected"),
    "dropped_rounds_come_again": ("repeats", "found {'ask': '2026-06-30', 'publish': 'no day'}"),
    "held_work_moves_before_it_begins": ("held_before_it_begins", "Search, due Wed 24 Jun 2026.\nwhich"),
    "agreed_days_ahead_stay": ("held_and_booked_anew", "Publish, due Wed 22 Jul 2026"),
    "held_work_follows_days_set_anew": ("held_and_booked_anew", "happens: found ['DateSet'"),
    "sent_back_work_has_a_new_day": ("reopened_late", "found {'papers/police': '2026-05-14'}"),
    "late_joiners_have_a_day_of_their_own": ("an_agency_joins_late", "takes part from now on.\nNow owed"),
    "rounds_are_judged_by_their_answers": ("after_each_round_by_its_answers", "'NotNeeded', 'NotNeeded'], expected"),
    "rounds_begin_again_with_what_they_follow": ("rounds_wait_for_what_they_follow", "'send': <Standing.NOT_YET"),
    "held_rounds_wait": ("letters_of_rounds_are_held", "happens: found ['Completed', 'RoundOpened', 'OwedAfterRound'"),
    "rounds_that_are_held_stay_owed": ("held_for_its_round", "open: found {'final': 'no day', 'visit': '2026-04-05'}"),
    "rounds_done_lead_on": ("last_round_sent_back", "found ['Completed', 'RoundsDropped', 'NotNeeded'"),
    "rhythms_go_on_from_the_last_round": ("rounds_after_done", "found {'visit/police': '2027-04-06'}"),
    "unanswered_is_not_decided": ("not_answered_yet", "found {}, expected {'visit': 'no day'}"),
    "a_revived_case_asks_anew": (
        "ended_and_reopened",
        "found {'comments/police': \"asked_after_all to police's contact\"",
    ),
    "a_revived_case_owes_what_fell": ("ended_keeping_and_reopened", "open: found {'find': '2026-06-08'}, expected"),
    "rounds_come_after_their_days": ("an_agency_joins_late", "found {'news/probation': '2026-06-16'}"),
    "limits_run_again_with_their_step": (
        "opened_once_more",
        'which is not "Runs again: See the family, whose last day is Mon 18 May 2026."',
    ),
    "what_follows_comes_again": ("optional_once_more_with_what_follows", 'which is not "Owed again after it'),
    "endings_open_what_they_keep": ("ending_keeps_optional", "open: found {'look': '2026-05-12'}, expected {'note'"),
    "earlier_days_count": ("held_until_the_earlier", "found {'decide': '2026-06-05'}"),
    "answers_in_time_count": ("recorded_after_silence", "happens: found ['AnsweredLate']"),
    "endings_by_time_count_from_their_day": (
        "ending_by_time_after_an_outage",
        "found {'note': '2026-05-22', 'log': '2026-05-29'}",
    ),
    "rounds_are_over_on_the_day_of_their_end": (
        "rounds_end_by_time_after_an_outage",
        "found {'seldom': '2026-07-16'}, expected {'seldom': '2026-07-02'}",
    ),
    "endings_taken_back_owe_what_fell": ("ending_taken_back", "open: found {'find': '2026-06-08'}, expected"),
    "answers_count_from_their_day": ("recorded_later", "holds: found {'stop': '2026-05-26'}"),
    "sent_back_work_follows_its_rule": ("sent_back_before_a_limit", "found {'sign': '2026-06-30'"),
    "passed_days_follow_their_rule": ("sent_back_after_it_was_moved", "open: found {'comments/police': '2026-06-01'"),
    "limits_that_run_again_bind": ("sent_back_after_a_limit_was_met", "open: found {'draft': '2026-06-22'"),
    "occasions_are_not_owed_again": (
        "decided_again_by_order",
        'refused: found True, expected False "order" is open already',
    ),
    "limits_that_were_met_stay_met": ("reopened_past_a_national_limit", "whose last day is Wed 27 May 2026"),
    "new_days_come_before_their_event": ("sent_back_before_a_hearing", "open: found {'evidence': '2026-06-09'"),
    "new_days_come_after_what_they_wait_for": (
        "sent_back_behind_what_it_waits_for",
        "open: found {'hear': '2026-05-29'",
    ),
    "days_follow_dates_set_anew": ("sent_back_sets_the_hearing", "open: found {'papers': '2026-06-"),
    "what_comes_no_more_is_told": (
        "told_what_comes_no_more",
        "found {'tell_look': 'case_ended_early to business_manager'}",
    ),
    "early_ends_are_told": ("withdrawn_is_told", "sent: found {'papers/housing'"),
    "earlier_rounds_are_told": ("written_to_in_an_earlier_round", "sent: found {}, expected {'visit/housing'"),
    "what_is_asked_no_more_is_told": ("asked_no_more", "sent: found {}, expected {'papers/housing': \"not_asked"),
    "only_its_owner_is_asked": ("asked_outside", "found {'family': 'reminder to business_support'}, expected"),
    "set_days_land_as_planned": ("set_on_a_working_day", "found {'by': '2026-05-16'}"),
    "an_ending_comes_before_openings": ("ending_before_openings", "found ['Completed', 'MessageSent', 'ItemsOpened'"),
    "kept_work_outlives_what_it_follows": (
        "ending_keeps_what_follows",
        "'CaseEnding', 'NotNeeded', 'NotNeeded', 'NotN",
    ),
    "endings_by_hand_keep": ("ending_by_hand_keeps", "open: found {'look': '2026-05-12', 'tell': '2026-06-17'}"),
    "senior_is_the_owners": ("senior_to_the_owner", "'read/police': \"overdue to business_support, police's senior"),
    "answers_come_before_the_meeting": ("asked_late_before_a_meeting", "'coming/hospital': 'never'}, expected"),
    "links_are_looked_at_again": ("links_looked_at_again", "sent: found {'hold:publication_hold'"),
    "hours_after_a_day_begin_at_its_end": ("granted_a_day_by_the_hour", "found {'call': '2026-05-07 01:00 UTC'}"),
    "answers_send_back_in_time": ("sent_back_within", "refused: found False, expected True"),
    "rounds_do_not_pass_while_stopped": ("reports_come_back", "'news/police': '2026-03-05', 'look/hos"),
    "more_time_says_it_arrived": ("more_time_before_it_arrived", "{'papers/police': '2026-05-2"),
    "moved_meetings_are_told": ("a_meeting_is_moved", "sent: found {}, expected {'coming/police': \"meeting_put_off"),
    "endings_outlive_their_kept_work": ("counted_from_the_ending", "found {'log': '2026-05-26'}"),
    "moved_days_are_told": ("a_named_day_is_moved", "sent: found {}, expected {'papers/police': \"day_moved"),
    "days_counted_anew_are_told": ("a_named_day_is_counted_anew", "happens: found ['DueMoved'], expected"),
    "limits_count_in_the_nearest_calendar": ("process_calendar", "'all_limit': '2026-05-14', 'own_limit'"),
}
"""Each rule with a timeline that it changed, and what a case of the edition before has there instead."""


IN_THE_OFFICE = {"a_start_hands_over_times"}
"""Rules of the sweep, not of the case: tests/service/sweep/test_automatic_steps.py."""


def _without(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the rule were not mended, wherever it is asked for."""
    mended = getattr(edition, rule)
    asking = [module for name, module in sys.modules.items() if name.startswith("reviewflow.")]
    for module in [module for module in asking if getattr(module, rule, None) is mended]:
        monkeypatch.setattr(module, rule, lambda _: False)


def test_every_mended_rule_is_here() -> None:
    rules = {name for name, _ in inspect.getmembers(edition, inspect.isfunction)}
    assert rules == set(MENDED) | IN_THE_OFFICE


@pytest.mark.parametrize("rule", MENDED)
def test_a_case_of_the_edition_before_keeps_what_it_had(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, instead = MENDED[rule]
    timeline = load_timeline(FOLDER / f"{name}.yaml")
    _without(rule, monkeypatch)
    with pytest.raises(WentOtherwise) as went:
        play(timeline, timeline.definitions)
    assert instead in str(went.value)


def _opened_under_the_edition_before(name: str, monkeypatch: pytest.MonkeyPatch, lines: int) -> Player:
    timeline = load_timeline(FOLDER / f"{name}.yaml")
    player = Player(stage.built(timeline.definitions, timeline.process), timeline.definitions)
    monkeypatch.setattr(edition, "CURRENT", None)
    for line in timeline.lines[:lines]:
        (moment, doing), *_ = line.items()
        given = {key: value for key, value in line.items() if key in {moment, "agencies", "answers", "because"}}
        player.line(given | ({"sent": {}} if doing != "open" else {}))
    monkeypatch.undo()
    return player


@pytest.mark.parametrize(
    ("name", "lines", "moved"), [("process_calendar", 1, "DueMoved"), ("repeats_line_by_line", 4, "RoundsStopped")]
)
def test_the_office_moves_it_by_an_event(name: str, lines: int, moved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    player = _opened_under_the_edition_before(name, monkeypatch, lines)
    case, now = player.case, datetime(2026, 5, 12, 12, tzinfo=UTC)
    assert case is not None
    assert case.rules == 1
    command = c.AdoptRules("the partners have seen it")
    adopted = advance(player.stage.plan, case, command, now=now, calendars=player.stage.calendars)
    after = fold("R", [*player.history, *adopted])
    assert [event.KIND for event in adopted] == [
        "RulesAdopted",
        {"process_calendar": "DueMoved"}.get(name, "RoundsStopped"),
    ]
    assert after.rules == edition.CURRENT
