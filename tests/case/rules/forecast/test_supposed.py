"""A limit that an answer may make needless is foreseen as it would be met, and not as if nothing led to it."""

from datetime import date

from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules.forecast import forecast
from tests.case import stage

MON, WED, NEXT_MON, NEXT_TUE = (date(2026, 6, day) for day in (1, 3, 8, 9))
STEPS = {
    "ask": {
        "title": "Ask",
        "owner": "chair",
        "due": "2 working days after notified",
        "form": {"more": {"type": "yes_no", "label": "Is there more"}},
    },
    "write": {
        "title": "Write",
        "owner": "chair",
        "after": "ask",
        "when": {"ask.more": "yes"},
        "due": "3 working days after ask",
    },
    "send": {"title": "Send", "owner": "chair", "after": "write", "due": "1 working day after write"},
}
LIMITS = {"clock": {"title": "The clock", "due": "9 working days after notified", "met_by": "send"}}


def test_what_a_limit_cannot_be_met_without_takes_its_time_before_it_is_decided() -> None:
    review = stage.process("review", STEPS, limits=LIMITS)
    built = stage.built(stage.office() | {"process.review": review}, "review")
    owed = {
        "ask": Item(Status.OPEN, due=WED, opened=MON),
        "clock": Item(Status.OPEN, due=date(2026, 6, 12), opened=MON),
    }
    case = Case("R-1", "review", 1, "", CaseStatus.OPEN, MON, {"notified": MON}, ("police",), owed, rules=2)
    told = forecast(built.plan, case, "clock", MON, built.calendars)
    assert told is not None
    days = [(link.item, link.day) for link in told.chain]
    assert (days, told.slack) == ([("ask", WED), ("write", NEXT_MON), ("send", NEXT_TUE)], 3)
