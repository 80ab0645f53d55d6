"""Which message asks for which step, and the other way round."""

import pytest

from reviewflow.case.plan.plan import Plan
from tests.shipped import FILES as SHIPPED


@pytest.mark.parametrize("process", sorted(SHIPPED.processes()))
def test_both_ways_say_the_same(process: str) -> None:
    plan = Plan(SHIPPED.definition(process))
    for name in plan.steps:
        asked = tuple(step for step, requests in plan.requests.items() if name in requests)
        assert plan.asked_in.get(name, ()) == asked


def test_a_message_may_ask_for_more_than_one_step() -> None:
    plans = [Plan(SHIPPED.definition(process)) for process in SHIPPED.processes()]
    assert max(len(asked) for plan in plans for asked in plan.asked_in.values()) > 1
