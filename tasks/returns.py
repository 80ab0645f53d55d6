"""What came back after a mail server or service had taken it over: looked for once a sweep."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from email.message import Message

from prefect import task

from notifications.bounces import read
from notifications.coming_back import Returned
from notifications.returns import look_through, returns_from_environment
from notifications.settings import Delivery, delivery_from_environment
from reviewflow.case.advance import london_day
from reviewflow.service.coming_back import came_back
from reviewflow.service.modes import Mode
from reviewflow.service.office import Office
from reviewflow.service.switching import standing
from tasks.office import the_office


@task(name="take back", retries=2, retry_delay_seconds=10)
def take_back(now: datetime) -> str:
    """Look through the mailbox that mail comes back to, and ask services; says in a sentence what was found."""
    with the_office() as office:
        mode = standing(office, os.environ).mode
        delivery = delivery_from_environment(os.environ, mode, office.partnership.channels)
        asked = ask_services(office, delivery, now=now)
        found = look_at_returns(office, os.environ, now=now)
    return f"{asked} given up by services; {found}"


def look_at_returns(office: Office, environ: Mapping[str, str], *, now: datetime) -> str:
    """Mail that is a bounce of a letter of ours is dealt with and marked as read; all else stays unread for people."""
    returns = returns_from_environment(environ)
    if returns is None:
        return "no mailbox is named for what comes back"

    def take(mail: Message) -> bool:
        returned = read(mail)
        return returned is not None and _deal_with(office, returned, now)

    dealt_with, left = look_through(returns, take, today=london_day(now))
    return f"{dealt_with} came back by mail, {left} unread mails are for people"


def ask_services(office: Office, delivery: Delivery, *, now: datetime) -> int:
    """How many letters GOV.UK Notify has given up in the last days, the known ones among them."""
    if delivery.mode is Mode.TEST:
        return 0
    from notifications.receipts import given_up  # Apprise takes a second to load, and test mode never needs it

    return sum(_deal_with(office, each, now) for each in given_up(delivery))


def _deal_with(office: Office, returned: Returned, now: datetime) -> bool:
    about = (returned.number, returned.address, returned.why)
    return came_back(office, *about, lasting=returned.lasting, now=now)
