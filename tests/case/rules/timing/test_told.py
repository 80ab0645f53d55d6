"""Whoever is above an owner hears of an item only after the owner was told and had a working day."""

from datetime import date

import pytest

from reviewflow.case.rules.timing.told import FirstTold, may_escalate_from
from tests.case.stage import calendars

CALENDARS = calendars()


@pytest.mark.parametrize(
    ("told", "from_then_on"),
    [
        (FirstTold(date(2026, 5, 12), after_noon=False), date(2026, 5, 13)),
        (FirstTold(date(2026, 5, 12), after_noon=True), date(2026, 5, 14)),
        (FirstTold(date(2026, 5, 21), after_noon=True), date(2026, 5, 26)),  # a weekend and the bank holiday of 25 May
    ],
)
def test_may_escalate_from_when_the_owner_had_a_working_day(told: FirstTold, from_then_on: date) -> None:
    assert may_escalate_from(told, CALENDARS) == from_then_on
