"""The moments of a simulated week: an office believes no clock that runs backwards, or far ahead."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from reviewflow.london import LONDON
from reviewflow.service.sweep.clock import FAR
from tests.chaos.week import TROUBLES, mornings


@pytest.mark.parametrize("number", [1, 10, len(TROUBLES), 3 * len(TROUBLES)])
def test_time_goes_on_over_as_many_weeks_as_are_needed(number: int) -> None:
    moments = [*mornings(number)]
    assert len(moments) == number
    assert all(before < after < before + FAR for before, after in pairwise(moments))
    assert moments[-1] < datetime.now(UTC)
    local = [moment.astimezone(LONDON) for moment in moments]
    assert {moment.hour for moment in local} <= {10, 15}
    assert all(moment.weekday() < 5 for moment in local)
    assert local[0].weekday() == 0
