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
