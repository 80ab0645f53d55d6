"""A step that one post owes in every case has that owner whichever way it is asked for."""

from datetime import UTC, datetime
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings

from reviewflow.case.advance import begin
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from tests.case.random_processes import Data, planned, processes
from tests.case.test_laws import AGENCIES, CALENDARS

NOW = datetime(2026, 5, 5, 10, tzinfo=UTC)
MANY = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)


@MANY
@given(processes())
def test_what_one_post_always_owes_is_what_the_case_would_say(process: Data) -> None:
    plan = planned(process)
    days = {name: NOW.date() for name in plan.definition.process.opening.dates}
    try:
        case = fold("R", begin(plan, c.Open(days, AGENCIES), "R", now=NOW, calendars=CALENDARS))
    except Refused:
        return
    items = plan.all_items(case)
    quickly = {item: plan.named_owner(item, case) for item in items}
    with patch.object(Plan, "always_with", {}):
        vars(plan).pop("always_with")
        assert quickly == {item: plan.named_owner(item, case) for item in items}
