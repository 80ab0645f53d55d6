"""The addresses of a mailbox withdrawn by the office: when it was read by others, or somebody has left."""

from __future__ import annotations

from datetime import datetime

from reviewflow.london import stamp
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

WITHDRAWN = "links_withdrawn"
"""What the office's log tells of it: that and by whom, and not whose mailbox, so that an address can be erased."""


def withdraw_links(workspace: Workspace, mailbox: str, *, by: str, now: datetime) -> str:
    """Withdraw every address that stands in letters to this mailbox; says what was done. Raises UserError unnamed."""
    if not by.strip():
        raise UserError("Who withdraws them? Give a name and post: --by NAME. Nothing was changed.")
    if not workspace.store.withdraw_links(mailbox.strip().lower(), now=stamp(now)):
        return "No letter to this mailbox has an address that still opens. Nothing was changed."
    workspace.store.note(LogEntry(stamp(now), by.strip(), WITHDRAWN, "all of one mailbox"))
    return "No address in a letter that this mailbox has opens anything any more. Its next letters have new ones."
