"""Responses through the store: what the office has to decide, and what came in time."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.history import history
from reviewflow.service.views.linked_cases import overview
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened

POLICE = "agency_return/police"


def queued(office: Workspace, item: str) -> list[tuple[str, str]]:
    return [
        (notice.message, notice.recipient) for notice in office.store.notices(None, "queued") if notice.item == item
    ]


def respond(office: Workspace, reference: str, kind: str, hour: int = 11) -> None:
    carry_out(office, reference, c.Respond(POLICE, kind), by=BY, now=at(12, hour))


def test_the_office_sees_what_it_has_to_decide_until_it_does(office: Workspace) -> None:
    reference = opened(office)
    respond(office, reference, "need_more_time")
    lines = [(line.item, line.title, line.due) for _, line in due_lines(office, now=at(12, 12), days=7)]
    assert (f"decide:{POLICE}", "Decide: Agency return · Police: needs more time", date(2026, 5, 13)) in lines
    assert next(line.answered for line in overview(office, reference, now=at(12)).steps if line.item == POLICE) == (
        "Needs more time 12 May, to be decided"
    )
    assert queued(office, POLICE) == [("decide_more_time", "role:business_support")]
    carry_out(office, reference, c.Resume(POLICE, "the meeting needs it"), by=BY, now=at(13))
    assert not [line for _, line in due_lines(office, now=at(13), days=7) if line.item.startswith("decide:")]
    assert queued(office, POLICE)[-1] == ("more_time_refused", "agency:police:contact")


def test_what_came_in_time_is_said_to_have_done_so(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(15))
    command = c.Complete(POLICE, {"kind": "summary", "quality_assured": "yes"}, on=date(2026, 5, 14))
    carry_out(office, reference, command, by=BY, now=at(18))
    words = [entry.words for entry in history(office, reference)]
    assert any("came in time, on Thu 14 May 2026" in word and "1 message had gone out since" in word for word in words)
    assert queued(office, POLICE) == []
