"""The letter to whoever takes on a post: what it owes, in which cases."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model.ids import role_recipient
from reviewflow.london import london_day, stamp
from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Digest
from reviewflow.text import day_words

HANDOVER = "handover"


def tell_new_holder(workspace: Workspace, role: str, *, now: datetime) -> bool:
    """Queue the letter, once a day for a post; False when its mailbox is nowhere.

    It goes to the post's mailbox as it stands in partnership.yaml when the letter leaves.
    """
    partnership, recipient = workspace.partnership, role_recipient(role)
    address = mailbox(partnership, recipient)
    if not address:
        return False
    lines = AlsoDue(workspace, now).lines(address, ())
    title, contact = partnership.roles[role].title, partnership.contact
    owed = "\n".join(f"- {line}" for line in lines) or "- Nothing today."
    text = (
        f"Hello,\n\nThe post “{title}” has passed to you. Thank you for taking it on. Letters about its work come to "
        f"this mailbox from now on, one a day at the most but for what is urgent.\n\n"
        f"What this mailbox owes on {day_words(london_day(now))}:\n{owed}\n\n"
        f"Not yours, or is something unclear? Ring {contact.name} on {contact.phone}, or write to {contact.email}.\n"
        f"Please put no names and nothing about a case in a reply.\n\n{partnership.partnership}\n"
    )
    key = f"{HANDOVER}/{role}/{london_day(now).isoformat()}"
    subject = f"[{partnership.partnership}] This post is with you now: {title}"
    workspace.store.put_digest(Digest(key, recipient, subject, text, stamp(now)))
    return True
