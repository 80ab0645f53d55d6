"""Which message asks for which step, and the other way round."""

import pytest

from reviewflow.case.plan.plan import Plan
from tests.case import stage
from tests.shipped import FILES as SHIPPED


@pytest.mark.parametrize("process", sorted(SHIPPED.processes()))
def test_both_ways_say_the_same(process: str) -> None:
    plan = Plan(SHIPPED.definition(process))
    for name in plan.steps:
        asked = tuple(step for step, requests in plan.requests.items() if name in requests)
        assert plan.asked_in.get(name, ()) == asked


def test_a_message_may_ask_for_more_than_one_step() -> None:
    each = {"for_each": "agency", "owner": "agency"}
    steps = {
        "ask": {"title": "Ask", "for_each": "agency", "send": "reminder", "to": "owner"},
        "summary": {"title": "Summary", "after": "ask", **each},
        "papers": {"title": "Papers", "after": "ask", **each},
    }
    plan = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review").plan
    assert plan.asked_in == {"ask": ("summary", "papers")}
