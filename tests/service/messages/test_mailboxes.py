"""Which mailbox a post has."""

from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace


def test_posts_are_resolved_to_mailboxes(office: Workspace) -> None:
    addresses = {
        recipient: mailbox(office.partnership, recipient)
        for recipient in (
            "role:chair",
            "agency:police:senior",
            "agency:police:deputy",
            "agency:health:partner",
            "role:nobody",
        )
    }
    assert addresses == {
        "role:chair": "chair@scp.example.org",
        "agency:police:senior": "senior@police.example.org",
        "agency:police:deputy": "deputy@police.example.org",
        "agency:health:partner": "partner@nhs.example.org",
        "role:nobody": None,
    }
