"""Work whose day is not known yet is not done before what its day counts from."""

from datetime import date

import pytest

from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.rehearsal.timetables.timetable import timetable
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
