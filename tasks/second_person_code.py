"""Ask for a second person, and mail the code: `python -m tasks.second_person_code`, told as JSON what is asked for.

The code leaves at once, also before delivery is live, so that going live can need one. Where the environment holds mail
back (REVIEWFLOW_DELIVERY=test) it is written to the folder, as all mail of such a machine.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus
from notifications.routes import Going, mail_channel
from notifications.send import send
from notifications.settings import delivery_from_environment
from reviewflow.case.model.ids import role_recipient
from reviewflow.service.delivery.mode import cap
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.second_person.acts import read_act
from reviewflow.service.second_person.requests import ask, letter_of
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import moment_words
from tasks.office import the_workspace, this_moment

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other: 40 bits in eight of them."""


def make_code() -> str:
    """A code that nobody guesses in five tries: 'K7QM-2XRD'."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def ask_second(workspace: Workspace, asked: Mapping[str, Any], environ: Mapping[str, str], *, now: datetime) -> str:
    """Note the request, mail its code, and say what comes next; raises UserError when the code could not be mailed."""
    channels = workspace.partnership.channels
    delivery = delivery_from_environment(environ, cap(environ), channels, because="A code is mailed at once")
    role, by, code = asked["role"], asked["by"], make_code()
    request = ask(workspace, read_act(asked["act"]), role=role, code=code, by=by, now=now)
    address = mailbox(workspace.partnership, role_recipient(role)) or ""
    letter = Letter(f"SECOND-{request.number}", address, *letter_of(workspace, request, code))
    channel = mail_channel(
        workspace.partnership.channels, Going((role_recipient(role),), urgent=True, since=now), now=now
    )
    outcome = send(letter, delivery.through(channel), now=now)
    if outcome.verdict not in {DeliveryStatus.SENT, DeliveryStatus.HELD}:
        raise UserError(f"The code could not be mailed to {address}: {outcome.detail} Nothing was changed. Ask again.")
    where = (
        f"was mailed to {address}" if outcome.verdict is DeliveryStatus.SENT else f"is in {delivery.folder}, not sent"
    )
    title = workspace.partnership.roles[role].title
    return (
        f"This needs a second person: {title}. The code {where}.\n"
        f"Until {moment_words(request.until)} somebody else types: reviewflow confirm {request.number} --by NAME\n"
        "Nothing was changed yet."
    )


def main() -> int:
    """Read what is asked for from the standard input; 0 when the code is on its way."""
    asked = json.load(sys.stdin)
    with the_workspace() as workspace:
        try:
            print(ask_second(workspace, asked, os.environ, now=this_moment()))  # noqa: T201
        except UserError as trouble:
            print(trouble, file=sys.stderr)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
