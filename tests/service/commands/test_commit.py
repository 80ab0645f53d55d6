"""What is stored with a command: a response withdraws the notices that were queued."""

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened

POLICE = "agency_return/police"


def queued(office: Workspace, item: str) -> list[tuple[str, str]]:
    return [
        (notice.message, notice.recipient) for notice in office.store.notices(None, "queued") if notice.item == item
    ]


def respond(office: Workspace, reference: str, kind: str, hour: int = 11) -> None:
    carry_out(office, reference, c.Respond(POLICE, kind, "Which year is meant?"), by=BY, now=at(12, hour))


@pytest.mark.parametrize(
    "kind", ["acknowledged", "need_more_time", "wrong_person", "draft_received", "phone_call", "question"]
)
def test_any_answer_withdraws_what_was_queued(office: Workspace, kind: str) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    assert queued(office, POLICE) == [("reminder", "agency:police:contact")]
    respond(office, reference, kind)
    assert ("reminder", "agency:police:contact") not in queued(office, POLICE)
    assert chase_due_items(office, now=at(12, 15)) == 0
    assert audit(office) == (1, [])
