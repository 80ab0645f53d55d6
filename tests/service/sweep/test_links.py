"""The office hears on its day that what runs beside a case is to be looked at again."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened

COURT = "T20261234"
LINK = c.Link("parallel", COURT, "an inquest is listed", review=date(2026, 5, 11))


def told(office: Workspace) -> list[tuple[str, str]]:
    return [(notice.recipient, notice.status) for notice in office.store.notices() if notice.message == "look_at_link"]


def test_on_its_day_business_support_is_written_to_once_without_the_courts_reference(office: Workspace) -> None:
    reference = opened(office)
    carry_out(office, reference, LINK, by=BY, now=at(5))
    chase_due_items(office, now=at(8))
    assert told(office) == []
    chase_due_items(office, now=at(11))
    chase_due_items(office, now=at(12))
    assert told(office) == [("role:business_support", "queued")]
    [notice] = [notice for notice in office.store.notices() if notice.message == "look_at_link"]
    assert COURT not in notice.subject + notice.text + notice.item
    assert "The day to look at it again is Mon 11 May 2026" in notice.text
    assert audit(office)[1] == []


def test_a_link_that_is_taken_away_before_reminds_of_nothing(office: Workspace) -> None:
    reference = opened(office)
    carry_out(office, reference, LINK, by=BY, now=at(5))
    carry_out(office, reference, c.Unlink(COURT, "it is over"), by=BY, now=at(6))
    chase_due_items(office, now=at(12))
    assert told(office) == []
    assert audit(office)[1] == []
