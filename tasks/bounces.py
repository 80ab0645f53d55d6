"""What came back after a mail server or service had taken it over: looked for once a sweep.

Nothing is looked for when delivery is `test`: a machine that only rehearses, perhaps with a copy of the office's
database, must not take the office's mail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from email.message import Message

from prefect import task

from notifications.bounce import Bounce, NoAnswer
from notifications.bounces.imap import Looked, Unreachable, look_through
from notifications.bounces.mailbox import RETURNS, returns_from_environment
from notifications.bounces.read import read
from notifications.delivery import Delivery
from notifications.settings import delivery_from_environment
from reviewflow.london import london_day
from reviewflow.service.delivery.bounce_mailbox import WELL, note_bounce_mailbox
from reviewflow.service.delivery.bounces import BounceResult, record_bounce, record_loss
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError, UserError
from reviewflow.service.workspace.workspace import Workspace
from tasks.office import the_workspace, this_moment


@task(name="take back")
def collect_bounces(now: datetime) -> str:
    """Look through the mailbox that mail comes back to; says what was found. The next sweep tries again."""
    with the_workspace() as workspace:
        return look_at_returns(workspace, os.environ, delivery_mode(workspace, os.environ).mode, now=now)


@task(name="ask services")
def ask_services(now: datetime) -> int:
    """How many letters GOV.UK Notify has given up in the last days, the known ones among them."""
    with the_workspace() as workspace:
        mode = delivery_mode(workspace, os.environ).mode
        delivery = delivery_from_environment(os.environ, mode, workspace.partnership.channels)
        return ask(workspace, delivery, now=now)


def look_at_returns(workspace: Workspace, environ: Mapping[str, str], mode: Mode, *, now: datetime) -> str:
    """A bounce of a letter of ours is dealt with; all else stays as it is, for people. What is wrong is told, too."""
    if mode is Mode.TEST:
        return "Delivery is test: nothing leaves this machine, so nothing is looked for"
    try:
        found = _look(workspace, environ, now)
    except (SettingsError, Unreachable) as trouble:
        note_bounce_mailbox(workspace, str(trouble).rstrip("."), now=now)
        raise
    note_bounce_mailbox(workspace, _strange(found.strange) if found and found.strange else WELL, now=now)
    if found is None:
        return f"No mailbox is named for what comes back ({RETURNS})"
    return f"Came back and dealt with: {found.dealt_with}; unread in that mailbox, for people: {found.left}"


def _look(workspace: Workspace, environ: Mapping[str, str], now: datetime) -> Looked | None:
    returns = returns_from_environment(environ)

    def take(mail: Message) -> BounceResult:
        returned = read(mail)
        return BounceResult.NOT_OURS if returned is None else _deal_with(workspace, returned, now)

    return None if returns is None else look_through(returns, take, today=london_day(now))


def _strange(number: int) -> str:
    mails = "1 mail that came back fits" if number == 1 else f"{number} mails that came back fit"
    return f"{mails} no letter of ours: look at what is unread in the mailbox that mail comes back to"


def ask(workspace: Workspace, delivery: Delivery, *, now: datetime) -> int:
    """The same, of an office that is open."""
    if delivery.mode is Mode.TEST:
        return 0
    from notifications.bounces.receipts import given_up  # Apprise takes a second to load, and test mode never needs it

    return sum(_deal_with(workspace, each, now) is BounceResult.DEALT_WITH for each in given_up(delivery))


def _deal_with(workspace: Workspace, returned: Bounce, now: datetime) -> BounceResult:
    about = (returned.number, returned.address, returned.why)
    if returned.own_fault_of is not None:
        return record_loss(workspace, *about, taken_over=returned.own_fault_of, now=now)
    return record_bounce(workspace, *about, lasting=returned.lasting, now=now)


def main() -> int:
    """Look once, outside a sweep, and say what was found; 1 when there is something to put right."""
    now = this_moment()
    with the_workspace() as workspace:
        mode = delivery_mode(workspace, os.environ).mode
        try:
            print(f"{look_at_returns(workspace, os.environ, mode, now=now)}.")  # noqa: T201 - what the command is for
            delivery = delivery_from_environment(os.environ, mode, workspace.partnership.channels)
            print(f"Given up by GOV.UK Notify in the last days: {ask(workspace, delivery, now=now)}.")  # noqa: T201
        except (UserError, Unreachable, NoAnswer) as trouble:
            print(trouble, file=sys.stderr)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
