"""School holidays warn where an education agency owes something; they move nothing."""

from datetime import date

import pytest

from reviewflow.service.workspace.days.school_holidays import warning
from reviewflow.service.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("owner", "due", "said"),
    [
        ("agency:school", date(2026, 12, 21), "in the school holidays of Education service (Christmas)"),
        ("agency:school", date(2027, 1, 1), "in the school holidays of Education service (Christmas)"),
        ("agency:school", date(2027, 1, 2), ""),
        ("agency:school", date(2027, 2, 15), "in the school holidays of Education service (Half term)"),
        ("agency:school", None, ""),
        ("agency:police", date(2026, 12, 21), ""),
        ("role:chair", date(2026, 12, 21), ""),
        ("agency:gone", date(2026, 12, 21), ""),
    ],
)
def test_who_owes_something_in_the_holidays_is_warned_of(office: Workspace, owner: str, due: date, said: str) -> None:
    days = {"2026-12-21 to 2027-01-01": "Christmas", "2027-02-15 to 2027-02-15": "Half term"}
    assert warning(office.partnership.model_copy(update={"school_holidays": days}), owner, due) == said
