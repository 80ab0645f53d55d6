"""Which mailbox a post has, and where that stands."""

from reviewflow.service.messages.mailboxes import mailbox, place_of_mailbox
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


def test_who_looks_for_a_mailbox_finds_it_under_these_keys(office: Workspace) -> None:
    places = {
        recipient: ", ".join(place_of_mailbox(office.partnership, recipient))
        for recipient in ("role:chair", "role:chair:deputy", "agency:police", "agency:police:senior")
    }
    assert places == {
        "role:chair": "roles, chair, email",
        "role:chair:deputy": "roles, chair, deputy",
        "agency:police": "agencies, police, contact",
        "agency:police:senior": "agencies, police, senior",
    }
    assert place_of_mailbox(office.partnership, "agency:health:partner")[-1] == "email"
