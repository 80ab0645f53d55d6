"""The word for a clock with each feature of the language that it can meet: a small process, lived to a day.

Everything is notified on Mon 1 June 2026. As planned, asking is done on Wed 3, writing on Mon 8, sending on Tue 9; the
clock ends on Fri 12 June, nine working days after the 1st, so that three are left over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import commands as c
from reviewflow.case.rules.forecast import Forecast, forecast
from tests.case import stage

ASK = {"title": "Ask", "owner": "chair", "due": "2 working days after notified"}
WRITE = {"title": "Write", "owner": "chair", "after": "ask", "due": "3 working days after ask"}
SEND = {"title": "Send", "owner": "chair", "after": "write", "due": "1 working day after write"}
BASE = {"ask": ASK, "write": WRITE, "send": SEND}
CLOCK = {"title": "The clock", "due": "9 working days after notified", "met_by": "send"}
COURT = {"holds": {"court": {"title": "A court", "stops": "write", "review": "10 days", "due_days": "stay"}}}
MORE = {"more": {"type": "yes_no", "label": "Is more needed?"}}
EXTRA = {"title": "Ask more", "owner": "chair", "after": "ask", "when": {"ask.more": "yes"}}
RETURNS = {"title": "Return", "for_each": "agency", "owner": "agency", "due": "2 working days after notified"}

Done = tuple[int, c.Command]
"""The day of June on which a command is given."""


def day(number: int) -> date:
    return date(2026, 6, number)


@dataclass(frozen=True)
class Told:
    """What is lived, and what is foreseen then of the clock."""

    on: int
    """The day of June on which it is asked."""
    word: str
    foreseen: int
    """The day of June on which the clock is foreseen to be met; and by which it is, in 73 of a hundred such courses."""
    latest: int
    slack: int
    first: str
    """The step that it hangs on, and why."""
    steps: Mapping[str, Any] = field(default_factory=lambda: BASE)
    lived: Sequence[Done] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    clock: Mapping[str, Any] = field(default_factory=lambda: CLOCK)
    at: int = 12
    ends: int | None = None
    """The day of June on which it ends once its clock has stood still."""


UNDECIDED = {
    "ask": ASK | {"form": MORE},
    "extra": EXTRA | {"due": "5 working days after ask"},
    "write": WRITE | {"after": ["ask", "extra"]},
    "send": SEND,
}
EACH = BASE | {"ask": RETURNS}
SILENT = BASE | {"ask": RETURNS | {"silence": "counts as agreed", "ladder": "returns"}}
CHECK = {"title": "Check", "owner": "chair", "due": "6 working days after notified"}
JOINED = BASE | {"check": CHECK, "send": SEND | {"after": ["write", "check"]}}
LOOK = {"title": "Look", "owner": "chair", "after": "ask", "optional": "yes", "due": "5 working days after ask"}
OPTIONAL = BASE | {"look": LOOK, "write": WRITE | {"after": ["ask", "look"]}}


BILL = {"title": "Bill", "owner": "chair", "due": "2 working days after notified"}
PAID = {"title": "Paid", "owner": "chair", "after": "bill", "due": "10 working days after bill"}
AWAITED = {"bill": BILL, "paid": PAID, "ask": ASK | {"after": "paid", "due": "2 working days after paid"}} | {
    "write": WRITE,
    "send": SEND,
}
AWAITING = {"stands_still": {"fee": {"title": "Not paid", "clocks": ["clock"], "from": "bill", "until": "paid"}}}

ALONE = {"title": "Send", "owner": "chair", "due": "7 working days after notified"}
AGAIN = AWAITING["stands_still"]["fee"] | {"then": "begin again"}


def did(number: int, item: str, **answers: str) -> Done:
    return number, c.Complete(item, answers)


FEATURES: Mapping[str, Told] = {
    "nothing but its steps": Told(1, "on course", 9, 11, 3, "ask due"),
    "one late step": Told(4, "tight", 15, 16, -1, "ask overdue"),
    "a hold": Told(
        4,
        "held: cannot be told",
        16,
        16,
        -2,
        "write held",
        lived=[did(3, "ask"), (4, c.Hold("court", "a trial", "chair", day(15)))],
        more=COURT,
    ),
    "a hold that would not save it": Told(
        12,
        "unlikely",
        17,
        18,
        -3,
        "write due",
        lived=[did(10, "ask"), (10, c.Hold("court", "a trial", "chair", day(15)))],
        more=COURT,
    ),
    "more time asked for": Told(
        3, "tight", 11, 15, 1, "ask more time asked for", lived=[(2, c.Respond("ask", "need_more_time", "", day(5)))]
    ),
    "more time given": Told(
        3, "tight", 11, 15, 1, "ask due", lived=[(2, c.Extend("ask", day(5), "chair", "it is hard"))]
    ),
    "an answer that is not given yet": Told(2, "tight", 9, 17, 3, "ask due", steps=UNDECIDED),
    "the answer yes": Told(3, "tight", 12, 15, 0, "extra due", steps=UNDECIDED, lived=[did(3, "ask", more="yes")]),
    "the answer no": Told(3, "on course", 9, 10, 3, "write due", steps=UNDECIDED, lived=[did(3, "ask", more="no")]),
    "a step that comes again": Told(
        8,
        "on course",
        9,
        10,
        3,
        "write due",
        steps={
            **BASE,
            "news": {
                "title": "News",
                "owner": "chair",
                "due": "2 working days after notified",
                "repeats": "every 1 week until write",
            },
        },
        lived=[did(3, "ask"), did(3, "news")],
    ),
    "one of several owners late": Told(
        5, "tight", 15, 16, -1, "ask/health overdue", steps=EACH, lived=[did(3, "ask/police")]
    ),
    "all of several owners": Told(3, "on course", 9, 11, 3, "ask/police due", steps=EACH, lived=[]),
    "a join with a slower branch": Told(3, "on course", 9, 10, 3, "check due", steps=JOINED, lived=[did(3, "ask")]),
    "asked on a Saturday": Told(6, "on course", 9, 10, 3, "write due", lived=[did(3, "ask")]),
    "a limit in hours, before its hour": Told(
        1,
        "tight",
        2,
        3,
        0,
        "send due",
        steps={"send": {"title": "Send", "owner": "chair", "due": "24 hours after notified"}},
        clock={"title": "The clock", "due": "24 hours after notified", "met_by": "send"},
        more={"opening": {"dates": {"notified": "When"}, "agencies": "at least 1", "times": ["notified"]}},
    ),
    "silence that counts": Told(3, "on course", 9, 10, 3, "ask/police due", steps=SILENT),
    "an ending by time": Told(
        3,
        "on course",
        9,
        11,
        3,
        "ask due",
        more={
            "endings": {"nothing": {"title": "Nothing came", "after": "5 working days after notified", "unless": "ask"}}
        },
    ),
    "a local clock that stood still": Told(
        5,
        "on course",
        9,
        9,
        7,
        "write due",
        steps={
            **BASE,
            "bill": {"title": "Bill", "owner": "chair"},
            "paid": {"title": "Paid", "owner": "chair", "after": "bill", "due": "60 working days after notified"},
        },
        lived=[did(2, "bill"), did(3, "ask"), did(5, "paid")],
        more={"stands_still": {"fee": {"title": "Not paid", "clocks": ["clock"], "from": "bill", "until": "paid"}}},
    ),
    "a local clock that will stand still": Told(
        1, "tight", 25, 30, 2, "bill due", steps=AWAITED, more=AWAITING, ends=29
    ),
    "a local clock that will begin again": Told(
        1, "on course", 25, 30, 3, "bill due", steps=AWAITED, more={"stands_still": {"fee": AGAIN}}, ends=30
    ),
    "a clock that was given more time and will stand still": Told(
        2,
        "on course",
        25,
        30,
        3,
        "bill due",
        steps=AWAITED,
        more=AWAITING,
        lived=[(2, c.Extend("clock", day(15), "chair", "it is hard"))],
        ends=30,
    ),
    "a clock that may stand still": Told(
        1,
        "on course",
        9,
        30,
        3,
        "look due",
        steps={
            **AWAITED,
            "look": {"title": "Look", "owner": "chair", "due": "1 working day after notified", "form": MORE},
            "bill": BILL | {"after": "look", "when": {"look.more": "yes"}},
            "paid": PAID | {"due": "9 working days after bill"},
            "ask": ASK | {"after": ["look", "paid"], "due": "the later of 1 working day after look and paid"},
        },
        more={"stands_still": {"fee": AGAIN}},
    ),
    "work that will stand still with its clock": Told(
        3,
        "on course",
        25,
        29,
        2,
        "send due",
        steps={"bill": BILL, "paid": PAID, "send": ALONE},
        more={"stands_still": {"fee": AWAITING["stands_still"]["fee"] | {"clocks": ["clock", "send"]}}},
        ends=29,
    ),
    "a clock that is met before it would stand still": Told(
        1,
        "on course",
        9,
        11,
        3,
        "ask due",
        steps={**BASE, "bill": BILL | {"due": "8 working days after notified"}, "paid": PAID},
        more=AWAITING,
    ),
    "what has no day stops no clock": Told(
        1,
        "on course",
        9,
        11,
        3,
        "ask due",
        steps={**BASE, "bill": {"title": "Bill", "owner": "chair"}, "paid": PAID},
        more=AWAITING,
    ),
    "a linked case": Told(
        3, "on course", 9, 10, 3, "write due", lived=[did(3, "ask"), (3, c.Link("parallel", "CR-1", "a trial", "none"))]
    ),
    "an optional step that nobody opened": Told(
        3, "on course", 9, 10, 3, "write due", steps=OPTIONAL, lived=[did(3, "ask")]
    ),
    "an optional step that was opened": Told(
        3, "tight", 11, 15, 1, "look due", steps=OPTIONAL, lived=[did(3, "ask"), (3, c.OpenStep("look", "we want it"))]
    ),
    "a reopened step": Told(
        5, "unlikely", 16, 18, -2, "ask due", lived=[did(3, "ask"), (5, c.Reopen("ask", "a page is missing", day(10)))]
    ),
    "somebody outside is waited for": Told(
        4,
        "tight",
        11,
        15,
        1,
        "ask overdue",
        steps={**BASE, "ask": ASK | {"owner": "business_support", "waits_for": "The court"}},
    ),
    "a wait": Told(
        3,
        "on course",
        9,
        10,
        3,
        "pause due",
        steps={
            **BASE,
            "pause": {"title": "Pause", "after": "ask", "wait": "1 working day after ask"},
            "write": WRITE | {"after": "pause"},
        },
        lived=[did(3, "ask")],
    ),
    "not before a day": Told(
        3,
        "on course",
        11,
        11,
        1,
        "send not before",
        steps={**BASE, "send": SEND | {"not_before": "8 working days after notified"}},
        lived=[did(3, "ask")],
    ),
    "a first round that one of two has behind them": Told(
        3,
        "on course",
        8,
        9,
        4,
        "visit/health due",
        steps={
            "visit": RETURNS | {"due": "5 working days after notified", "repeats": "every 1 month until close"},
            "close": {"title": "Close", "owner": "chair", "due": "12 months after notified"},
        },
        lived=[did(3, "visit/police")],
        clock=CLOCK | {"met_by": "the first round of visit"},
    ),
}


def lived(told: Told) -> Forecast | None:
    process = stage.process("review", told.steps, limits={"clock": dict(told.clock)}, **told.more)
    built = stage.built(stage.office() | {"process.review": process}, "review")
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    times = {"notified": time(9)} if built.plan.definition.process.opening.times else {}
    opening = c.Open({"notified": day(1)}, ("police", "health"), times=times)
    case = fold("R", begin(built.plan, opening, "R", now=now, calendars=built.calendars))
    for number, command in told.lived:
        moment = datetime(2026, 6, number, 12, tzinfo=UTC)
        for event in advance(built.plan, case, command, now=moment, calendars=built.calendars):
            case = apply(case, event)
    return forecast(built.plan, case, "clock", day(told.on), built.calendars, clock=time(told.at))


@pytest.mark.parametrize("name", FEATURES)
def test_the_word_with_each_feature(name: str) -> None:
    told = FEATURES[name]
    foreseen = lived(told)
    assert foreseen is not None
    first = f"{foreseen.chain[0].item} {foreseen.chain[0].because}" if foreseen.chain else ""
    found = (foreseen.verdict, foreseen.expected, foreseen.latest, foreseen.slack, first, foreseen.ends)
    ends = None if told.ends is None else day(told.ends)
    assert found == (told.word, day(told.foreseen), day(told.latest), told.slack, told.first, ends)
