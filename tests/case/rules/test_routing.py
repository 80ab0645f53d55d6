"""The same rules decide an item when its turn has come and, as if all before it were finished, in a forecast."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.routing import Cause, Decision, Routing, decide_in_turn, decide_step
from tests.case import stage

DAY = date(2026, 5, 5)
STEPS = {
    "first": {"title": "First", "owner": "chair", "due": "1 working day after notified", "form": "short"},
    "extra": {"title": "Extra", "owner": "chair", "after": "first", "optional": "yes", "due": "2 weeks after opened"},
    "last": {"title": "Last", "owner": "chair", "after": ["first", "extra"], "due": "2 working days after notified"},
}
LIMITS = {"clock": {"title": "The clock", "due": "5 working days after notified", "met_by": "last"}}
OPEN, NOT_NEEDED = Item(Status.OPEN, due=date(2026, 5, 6)), Item(Status.NOT_NEEDED)


@cache
def plan() -> Plan:
    return built().plan


@cache
def built() -> stage.Stage:
    review = stage.process("review", STEPS, limits=LIMITS)
    return stage.built(stage.office() | {"process.review": review}, "review")


def case(**items: Item) -> Case:
    return Case("R-1", "review", 1, "", CaseStatus.OPEN, DAY, {"notified": DAY}, ("police",), items)


def test_it_waits_until_all_before_it_is_finished() -> None:
    assert decide_step(plan(), case(first=OPEN), "last", "", calendars=built().calendars) == Decision(
        Routing.WAIT, Cause.SOMETHING_BEFORE
    )


@pytest.mark.parametrize(
    ("before", "decision"),
    [
        ([Status.DONE, Status.NOT_NEEDED], Decision(Routing.OPEN, Cause.ITS_TURN)),
        ([Status.NOT_NEEDED, Status.NOT_NEEDED], Decision(Routing.NOT_NEEDED, Cause.NOTHING_BEFORE)),
    ],
)
def test_as_if_all_before_it_were_finished(before: list[Status], decision: Decision) -> None:
    assert decide_in_turn(plan(), case(first=OPEN), "last", "", before, calendars=built().calendars) == decision


def test_an_optional_step_that_nobody_opened_is_not_foreseen_and_one_that_was_opened_is() -> None:
    clock = replace(OPEN, due=date(2026, 5, 12))
    nobody = case(first=OPEN, clock=clock)
    opened = case(first=NOT_NEEDED, clock=clock, extra=Item(Status.PENDING, opened_by_hand=True))
    chains = []
    for example in (nobody, opened):
        foreseen = forecast(plan(), example, "clock", DAY, built().calendars)
        assert foreseen is not None
        chains.append([link.item for link in foreseen.chain])
    assert "extra" not in chains[0]
    assert "extra" in chains[1]
