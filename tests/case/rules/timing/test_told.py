"""Whoever is above an owner hears of an item only after the owner was told and had a working day."""

from datetime import date

import pytest

from reviewflow.case.rules.timing.told import may_escalate_from
from tests.case.stage import calendars

CALENDARS = calendars()


@pytest.mark.parametrize(
    ("told", "from_then_on"),
    [
        (date(2026, 5, 12), date(2026, 5, 14)),
        (date(2026, 5, 14), date(2026, 5, 18)),
        (date(2026, 5, 21), date(2026, 5, 26)),  # a weekend and the bank holiday of 25 May lie between
    ],
)
def test_may_escalate_from_the_second_working_day_after_the_telling(told: date, from_then_on: date) -> None:
    assert may_escalate_from(told, CALENDARS) == from_then_on
