"""Work whose day is not known yet is not done before what its day counts from."""

from datetime import date

import pytest

from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.rehearsal.timetables.timetable import Timetable, timetable
from reviewflow.text import day_words
from tests.case import stage

OPENED = date(2026, 5, 5)
EVERY_WEEK = "every 1 week until decide"


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("the later of 3 working days after notified and 5 working days after decide", date(2026, 6, 24)),
        ("5 working days after decide", date(2026, 6, 24)),
        ("the earlier of 3 working days after notified and 5 working days after decide", date(2026, 5, 8)),
    ],
)
def test_the_day_of_what_counts_from_open_work_is_not_guessed(rule: str, day: date) -> None:
    steps = {
        "decide": {"title": "Decide", "owner": "chair", "due": "30 working days after notified"},
        "look": {"title": "Look", "owner": "chair", "due": "1 week after notified", "repeats": EVERY_WEEK},
        "answer": {"title": "Answer", "owner": "business_support", "due": rule},
    }
    made = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    setting = Setting(made.plan, made.partnership, made.calendars)
    found = rehearse(setting, Scenario(dates={"notified": OPENED}, agencies=("police",)))
    assert [row.due for row in timetable(found).rows if row.name == "answer"] == [day]
    assert [row.done for row in timetable(found).rows if row.name == "answer"] == [day]


def test_what_ends_the_case_and_has_no_day_is_not_guessed_before_the_rest_of_the_route() -> None:
    """It was done five working days after the opening, and the case ended before anybody decided."""
    steps = {
        "decide": {"title": "Decide", "owner": "chair", "due": "30 working days after notified"},
        "tell": {"title": "Tell", "owner": "chair", "after": "decide", "due": "5 working days after decide"},
        "stop": {
            "title": "Say whether it goes on",
            "owner": "business_support",
            "form": {"over": {"type": "yes_no", "label": "Is it over"}},
        },
    }
    endings = {"over": {"title": "It is over", "when": {"stop.over": "yes"}}}
    made = stage.built(stage.office() | {"process.review": stage.process("review", steps, endings=endings)}, "review")
    setting = Setting(made.plan, made.partnership, made.calendars)
    asked = Scenario(dates={"notified": OPENED}, agencies=("police",), answers={("stop", "over"): "yes"})
    done = {row.name: row.done for row in timetable(rehearse(setting, asked)).rows if row.done}
    assert done == {"decide": date(2026, 6, 17), "tell": date(2026, 6, 24), "stop": date(2026, 6, 24)}


@pytest.mark.parametrize(
    ("bound", "day"),
    [("12 months after assess.on", date(2026, 7, 15)), ("10 working days after assess.on", date(2026, 5, 27))],
)
def test_what_ends_the_rounds_comes_although_something_follows_each_of_them(bound: str, day: date) -> None:
    """What follows each round was waited for with the rounds; after seven of them the rehearsal broke off as if it
    went in circles, and the answer that was asked for "does not come up on this way".
    """
    steps = {
        "visit": {
            "title": "Visit",
            "owner": "chair",
            "due": "1 week after notified",
            "repeats": "every 1 week until stop",
        },
        "report": {
            "title": "Report",
            "owner": "chair",
            "after": "visit",
            "after_round": "each",
            "due": "3 working days after visit",
        },
        "look": {"title": "Look", "owner": "chair", "due": "50 working days after notified"},
        "assess": {"title": "Assess", "owner": "chair", "form": {"on": {"type": "date", "label": "On which day"}}},
        "stop": {
            "title": "Say whether it is over",
            "after": "assess",
            "owner": "business_support",
            "form": {
                "over": {"type": "yes_no", "label": "Is it over"},
                "on": {"type": "date", "label": "On which day", "completes": "yes", "not_after": bound},
            },
        },
    }
    endings = {"over": {"title": "It is over", "when": {"stop.over": "yes"}}}
    asked = Scenario(dates={"notified": OPENED}, agencies=("police",), answers={("stop", "over"): "yes"})
    made = stage.built(stage.office() | {"process.review": stage.process("review", steps, endings=endings)}, "review")
    found = timetable(rehearse(Setting(made.plan, made.partnership, made.calendars), asked))
    assert (found.never_given, found.ends) == ((), f"It ends on {day_words(day)}: It is over.")
    assert [row.done for row in found.rows if row.name == "stop"] == [day]


def test_what_ends_rounds_and_has_no_day_is_not_guessed_before_two_of_them_and_the_rest_of_the_route() -> None:
    """It was done five working days after the opening, and what came again was not needed with any answer."""
    steps = {
        "visit": {
            "title": "Visit",
            "owner": "chair",
            "due": "1 week after notified",
            "repeats": "6 weeks after it was done until over",
        },
        "plan": {"title": "Plan", "owner": "chair", "due": "30 working days after notified"},
        "look": {
            "title": "Look at the plan",
            "owner": "chair",
            "after": "plan",
            "due": "1 month after plan",
            "repeats": "every 1 month until over",
        },
        "over": {"title": "Say that it is over", "owner": "business_support"},
    }
    planned = _planned(steps)
    looked = [(row.round, row.rule) for row in planned.rows if row.name == "look"]
    assert looked == [(1, "1 month after “Plan” is done"), (2, "1 month after “Plan” is done, then every 1 month")]
    assert {row.rule for row in planned.rows if row.name == "visit" and row.round > 1} == {
        "6 weeks after the time before"
    }
    (over,) = (row for row in planned.rows if row.name == "over")
    assert over.note == "has no due day; the day is a guess; what comes again goes on until it is done"
    assert over.done == date(2026, 8, 17)
    assert planned.not_needed == ()


def test_what_comes_after_a_step_that_nobody_opens_is_not_called_not_needed_with_these_answers() -> None:
    asked = {"title": "Note another home", "owner": "chair", "due": "1 week after notified", "optional": True}
    steps = {
        "moved": asked,
        "plan": {"title": "Plan for it", "owner": "chair", "after": "moved", "due": "5 working days after moved"},
        "close": {"title": "Close", "owner": "chair", "due": "2 weeks after notified"},
    }
    planned = _planned(steps)
    assert planned.on_request == ("Note another home", "Plan for it")
    assert planned.not_needed == ()


def _planned(steps: dict[str, object]) -> Timetable:
    made = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    setting = Setting(made.plan, made.partnership, made.calendars)
    return timetable(rehearse(setting, Scenario(dates={"notified": OPENED}, agencies=("police",))))


def test_the_timetable_says_of_each_round_in_which_of_its_rhythms_it_comes() -> None:
    steps = {
        "meet": {
            "title": "Meet",
            "owner": "chair",
            "due": "1 week after notified",
            "repeats": "2 weeks, then every 1 month until over",
        },
        "visit": {
            "title": "Visit",
            "owner": "chair",
            "due": "1 week after notified",
            "repeats": "2 weeks, then 3 weeks after it was done until over",
        },
        "over": {"title": "Say that it is over", "owner": "business_support", "due": "2 months after notified"},
    }
    rows = _planned(steps).rows
    visits = [(row.round, row.rule) for row in rows if row.name == "visit" and row.round > 1]
    assert visits[:2] == [(2, "2 weeks after the time before"), (3, "3 weeks after the time before")]
    meetings = {row.rule for row in rows if row.name == "meet" and row.round > 1}
    assert meetings == {"1 week after notified, then once after 2 weeks, then every 1 month"}
