"""Who gets a message: the names that a rung gives, about one item."""

from datetime import date

import pytest

from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules.recipients import recipients, who_explains
from tests.case import stage

STEPS = {
    "summary": {
        "title": "Summary",
        "for_each": "agency",
        "owner": "agency",
        "due": "7 working days after notified",
        "form": "short",
    },
    "meeting": {"title": "Meeting", "after": "summary", "owner": "chair", "due": "9 working days after notified"},
}
LIMITS = {"clock": {"title": "The clock", "due": "7 working days after notified", "met_by": "summary"}}
CASE = Case(
    "R-1",
    "review",
    1,
    "",
    CaseStatus.OPEN,
    date(2026, 5, 5),
    {"notified": date(2026, 5, 5)},
    ("police", "health"),
    {"summary/police": Item(Status.OPEN), "summary/health": Item(Status.DONE)},
)


@pytest.mark.parametrize(
    ("names", "item", "expected"),
    [
        (("owner",), "summary/police", ("agency:police:contact",)),
        (("owner", "senior"), "summary/police", ("agency:police:contact", "agency:police:senior")),
        (("owner", "owner", "chair"), "meeting", ("role:chair",)),
        (("owner",), "clock", ("agency:police:contact",)),  # health has answered
    ],
)
def test_each_name_stands_for_its_recipients_once(names: tuple[str, ...], item: str, expected: tuple[str, ...]) -> None:
    review = stage.process("review", STEPS, limits=LIMITS)
    plan = stage.built(stage.office() | {"process.review": review}, "review").plan
    assert recipients(names, plan, CASE, item) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"met_by": "meeting"}, ("role:chair",)),  # whoever owes what meets it
        ({"met_by": "summary"}, ("role:business_manager",)),  # an agency explains no limit of the partnership
        (
            {"met_by": "meeting", "when_late": {"message": "reminder", "tell": ["business_support", "chair"]}},
            ("role:business_support", "role:chair"),
        ),
    ],
)
def test_a_missed_limit_is_explained_by_whoever_must_act(limit: dict[str, object], expected: tuple[str, ...]) -> None:
    limits = {"clock": {"title": "The clock", "due": "9 working days after notified", **limit}}
    review = stage.process("review", STEPS, limits=limits)
    plan = stage.built(stage.office() | {"process.review": review}, "review").plan
    assert who_explains(plan, CASE, "clock") == expected
