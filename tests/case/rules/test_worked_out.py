"""Numbers that were answered, added up."""

from datetime import date

import pytest

from reviewflow.case.model.state import Case, CaseStatus, Item, Row, Status
from reviewflow.case.rules.worked_out import lies_apart, sum_of_answers
from reviewflow.language.phrases import how_far
from reviewflow.service.wording.rules import Teller
from tests.case import stage
from tests.case.test_timelines import TIMELINES

ROWS: list[Row] = [{"amount": 0.1}, {"amount": 0.2}, {"what": "room"}]


@pytest.mark.parametrize(
    ("states", "field", "column", "total"),
    [
        ([Item(Status.DONE, answers={"costs": ROWS})], "costs", "amount", 0.3),
        ([Item(Status.DONE)], "costs", "amount", 0.0),
        ([Item(Status.DONE, answers={"much": 2}), Item(Status.DONE, answers={"much": 0.5})], "much", "", 2.5),
        ([Item(Status.DONE, answers={"much": 2}), Item(Status.OPEN, answers={"much": 9})], "much", "", 2.0),
        ([Item(Status.NOT_NEEDED), None], "much", "", None),
    ],
)
def test_what_was_answered_is_added_up(states: list[Item | None], field: str, column: str, total: float | None) -> None:
    assert sum_of_answers(states, field, column) == total


def test_how_far_answers_lie_apart_is_told_in_words() -> None:
    built = stage.built(TIMELINES["differences"].definitions, "review")
    teller, steps = Teller(built.plan.definition, built.partnership), built.plan.steps
    told = [teller.condition(when) for name in ("explain", "short", "old") if (when := steps[name].when) is not None]
    assert told == [
        "the difference of “Cost” in “Say what it will cost” and “Cost” in “Say what it has cost” is more than 0.2",
        "the working days from “Noticed on” in “Estimate it” to “Heard on” in “Account for it” is less than 5",
        "the days from notified to “Heard on” in “Account for it” is more than 26 or less than 0",
    ]


@pytest.mark.parametrize(
    ("far", "apart"),
    [
        ("the difference of a.x and b.x", 0.2),
        ("the excess of a.x over b.x", -0.2),
        ("the days from a.on to b.on", 14),
        ("the days from b.on to notified", -17),
        ("the working days from a.on to b.on", 10),
        ("the working days from b.on to a.on", -10),
        ("the days from a.far to b.on", None),
        ("the working days from a.on to b.far", None),
        ("the excess of a.x over c.x", None),
    ],
)
def test_how_far_answers_lie_apart(far: str, apart: float | None) -> None:
    built = stage.built(TIMELINES["differences"].definitions, "review")
    items = {
        "a": Item(Status.DONE, answers={"x": 0.1, "on": "2026-05-08"}),
        "b": Item(Status.DONE, answers={"x": 0.3, "on": "2026-05-22", "far": ""}),
        "c": Item(Status.OPEN, answers={"x": 9}),
    }
    dates = {"notified": date(2026, 5, 5)}
    case = Case("R-1", "review", 1, "", CaseStatus.OPEN, date(2026, 5, 5), dates, (), items)
    found = how_far(far)
    assert found is not None
    assert lies_apart(built.plan, case, found, "", built.calendars) == apart


def test_a_sum_is_told_in_words() -> None:
    built = stage.built(TIMELINES["sums"].definitions, "review")
    teller, steps = Teller(built.plan.definition, built.partnership), built.plan.steps
    told = [teller.condition(when) for name in ("ask_board", "grant") if (when := steps[name].when) is not None]
    assert told == [
        "the sum of “How much” in “Costs” in “Log the costs” is more than 0.3",
        "the sum of “How much” of all who do “Say what you need” is at least 1",
    ]
