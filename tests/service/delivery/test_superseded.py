"""A reminder that a later one superseded while it waited is not sent."""

from reviewflow.service.delivery.outbox import outbox
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.delivery.letters import post, to_police


def test_a_reminder_that_a_later_one_overtook_is_not_sent(office: Workspace) -> None:
    """The day's letter had gone when the reminder fell due; by the next morning the work is overdue."""
    reference = opened(office)
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(15))
    [letter] = to_police(post(office, at(15)))
    assert [(notice.item, notice.message) for notice in letter.notices if notice.item.startswith("agency_return")] == [
        ("agency_return/police", "overdue")
    ]
    reminder = next(
        message for message in outbox(office, reference) if "reply by" in message.subject and "return" in message.item
    )
    assert reminder.words == "No longer needed: a later message about it went in its place."
