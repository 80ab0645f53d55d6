"""Who owes the work is told who else is written to."""

from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened

POLICE = "agency_return/police"


def queued(office: Workspace, item: str) -> list[tuple[str, str]]:
    return [
        (notice.message, notice.recipient) for notice in office.store.notices(None, "queued") if notice.item == item
    ]


def test_who_owes_it_is_told_who_else_was_written_to(office: Workspace) -> None:
    opened(office)
    chase_due_items(office, now=at(15))
    texts = {notice.recipient: notice.text for notice in office.store.notices(None, "queued") if notice.item == POLICE}
    also = "So that you know: this message has also gone to Police (senior sign-off)."
    assert also in texts["agency:police:contact"]
    assert also not in texts["agency:police:senior"]
