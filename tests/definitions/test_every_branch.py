"""Every shipped process, driven through every branch: each answer that decides, each sending back, each way out."""

from datetime import date

import pytest

from reviewflow.case.plan.plan import Plan
from tests.definitions.explorer import Explorer
from tests.shipped import FILES as SHIPPED

AGENCIES = ("police", "education", "hospital_trust")
OPENED = date(2027, 3, 19)
MOST_RUNS = 1500


@pytest.mark.slow
@pytest.mark.parametrize("process", sorted(SHIPPED.processes()))
def test_every_branch_leads_to_an_end(process: str) -> None:
    explorer = Explorer(Plan(SHIPPED.definition(process)), SHIPPED.calendars, AGENCIES, OPENED)
    for seed in range(MOST_RUNS):
        explorer.run(seed)
        if not explorer.left():
            break
    assert explorer.left() == []
