"""A message speaks of a nil return, of papers and of an acknowledgement only where that is so."""

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.service.messages.fields.on_demand import OnDemand
from reviewflow.service.messages.fields.step_fields import said_of_the_step
from tests.shipped import FILES as SHIPPED


@pytest.mark.parametrize(
    ("process", "step", "nil_return", "papers", "acknowledge"),
    [
        ("rapid_review", "agency_return", True, True, True),
        ("cspr", "comments", False, False, False),
        ("silp", "agency_reports", True, False, True),
        ("action_plan_verification", "agency_evidence", False, False, True),
        ("rapid_review", "", False, False, False),
    ],
)
def test_what_is_so_is_said(process: str, step: str, *, nil_return: bool, papers: bool, acknowledge: bool) -> None:
    said = OnDemand(said_of_the_step(Plan(SHIPPED.definition(process)), step))
    has = (said["nil_return"] != "", said["papers"] != "", said["acknowledge"] != "")
    assert has == (nil_return, papers, acknowledge)


def test_papers_are_named() -> None:
    papers = OnDemand(said_of_the_step(Plan(SHIPPED.definition("rapid_review")), "agency_return"))["papers"]
    assert papers.startswith("With it come: ")
    assert "hronology" in papers
