"""A step that one post owes in every case has that owner whichever way it is asked for."""

from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings

from tests.case.random_processes import Data, planned, processes
from tests.case.test_laws import AGENCIES, Office

MANY = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def test_what_one_post_always_owes_is_what_each_case_says() -> None:
    seen: set[bool] = set()

    @MANY
    @given(processes())
    def agrees(process: Data) -> None:
        plan, case = planned(process), Office(planned(process), AGENCIES).case
        owners = {item: plan.named_owner(item, case) for item in plan.all_items(case)}
        seen.update(item.partition("/")[0] in plan.always_with for item in owners)
        with patch.dict(vars(plan), {"always_with": {}}):
            assert owners == {item: plan.named_owner(item, case) for item in owners}

    agrees()
    assert seen == {True, False}
