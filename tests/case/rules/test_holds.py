"""The rule that no hold stops a time limit, national or local."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import no_hold_stops_a_limit, stopped_by
from reviewflow.language.definition import define
from tests.shipped import library

DAY = date(2026, 5, 5)


@cache
def plan_of(process: str) -> Plan:
    return Plan(define(library(), process))


WITH_HOLDS = sorted(name for name, loaded in library().processes.items() if loaded.model.holds)


@pytest.mark.parametrize("process", WITH_HOLDS)
def test_no_hold_stops_a_limit_although_all_are_in_place(process: str) -> None:
    plan = plan_of(process)
    holds = {name: Placed(DAY, "a trial is listed") for name in plan.holds}
    case = replace(Case("R-1", process, 1, "", CaseStatus.OPEN, DAY, {}, ()), holds=holds)
    stopped_steps = {step for hold in plan.holds.values() for step in hold.stops}
    assert all(stopped_by(plan, case, step) for step in stopped_steps)
    assert all(no_hold_stops_a_limit(plan, limit) and not stopped_by(plan, case, limit) for limit in plan.limits)


def test_no_hold_stops_a_limit_even_where_a_definition_that_was_never_checked_says_so() -> None:
    plan = plan_of(WITH_HOLDS[0])
    name, hold = next(iter(plan.holds.items()))
    limit = next(iter(plan.limits))
    plan.definition.process.holds[name] = hold.model_copy(update={"stops": (limit,)})
    try:
        case = replace(
            Case("R-1", WITH_HOLDS[0], 1, "", CaseStatus.OPEN, DAY, {}, ()), holds={name: Placed(DAY, "why")}
        )
        assert plan.holds[name].stops == (limit,)
        assert stopped_by(plan, case, limit) == ()
    finally:
        plan.definition.process.holds[name] = hold
