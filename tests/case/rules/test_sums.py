"""Numbers that were answered, added up."""

import pytest

from reviewflow.case.model.state import Item, Row, Status
from reviewflow.case.rules.sums import sum_of_answers
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


def test_a_sum_is_told_in_words() -> None:
    built = stage.built(TIMELINES["sums"].definitions, "review")
    teller, steps = Teller(built.plan.definition, built.partnership), built.plan.steps
    told = [teller.condition(when) for name in ("ask_board", "grant") if (when := steps[name].when) is not None]
    assert told == [
        "the sum of “How much” in “Costs” in “Log the costs” is more than 0.3",
        "the sum of “How much” of all who do “Say what you need” is at least 1",
    ]
