"""A case is foreseen also where a step would need a meeting that its group has not published yet."""

from datetime import UTC, date, datetime

from reviewflow.case.advance import begin
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.rules.forecast import forecast
from tests.case import stage

STEPS = {
    "collect": {"title": "Collect", "owner": "chair", "due": "5 working days after notified"},
    "decide": {
        "title": "Decide",
        "owner": "chair",
        "after": "collect",
        "due": "the next meeting of panel after collect",
    },
}
CLOCK = {"title": "The clock", "due": "20 working days after notified", "met_by": "decide"}


def test_a_clock_is_foreseen_past_the_list_of_meetings() -> None:
    office = stage.office()
    group = {"title": "The panel", "chair": "chair", "posts": ["chair"], "quorum": "all", "meets": ["2026-06-02"]}
    partnership = office["partnership"] | {"groups": {"panel": group}}
    process = stage.process("review", STEPS, limits={"clock": CLOCK})
    built = stage.built(office | {"partnership": partnership, "process.review": process}, "review")
    opening = c.Open({"notified": date(2026, 6, 1)}, ("police",))
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    case = fold("R", begin(built.plan, opening, "R", now=now, calendars=built.calendars))
    foreseen = forecast(built.plan, case, "clock", date(2026, 6, 12), built.calendars)
    assert foreseen is not None
    assert [link.item for link in foreseen.chain] == ["collect", "decide"]
    assert foreseen.expected > date(2026, 6, 12)
