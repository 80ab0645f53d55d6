"""Bounces looked for and dealt with: once a sweep, or when somebody asks.

Nothing is looked for when delivery is `test`: a machine that only rehearses, perhaps with a copy of the office's
database, must not take the office's mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.message import Message

from notifications.bounce import Bounce
from notifications.bounces.imap import MailboxReading, Unreachable, read_mailbox
from notifications.bounces.mailbox import BOUNCES_URL, bounce_mailbox_from_environment
from notifications.bounces.read import answered_letter, read
from notifications.delivery import Delivery
from reviewflow.london import london_day
from reviewflow.service.contacts.people import kept_as
from reviewflow.service.delivery.bounce_mailbox import WELL, note_bounce_mailbox
from reviewflow.service.delivery.bounces import BounceResult, record_bounce, record_loss
from reviewflow.service.delivery.restored.settling import settle_by_mail
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.contact_keys import contact_keys
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace

PART = "bounces"


def look_for_bounces(workspace: Workspace, environ: Mapping[str, str], mode: Mode, *, now: datetime) -> str:
    """A bounce of a letter of ours is dealt with; all else stays as it is, for people. What is wrong is told, too."""
    if mode is Mode.TEST:
        return "Delivery is test: nothing leaves this machine, so nothing is looked for"
    try:
        reading = _look(workspace, environ, now)
    except (SettingsError, Unreachable) as error:
        note_bounce_mailbox(workspace, str(error).rstrip("."), now=now)
        raise
    note_bounce_mailbox(workspace, _unmatched_words(reading.strange) if reading and reading.strange else WELL, now=now)
    if reading is None:
        return f"No mailbox is named for what comes back ({BOUNCES_URL})"
    aside = f"; flagged, because they could not be read or dealt with: {reading.aside}" if reading.aside else ""
    return f"Came back and dealt with: {reading.dealt_with}; unread in that mailbox, for people: {reading.left}{aside}"


def _look(workspace: Workspace, environ: Mapping[str, str], now: datetime) -> MailboxReading | None:
    mailbox, keys = bounce_mailbox_from_environment(environ), contact_keys(environ)

    def take(mail: Message) -> BounceResult:
        bounce = read(mail)
        if bounce is None and (letter := answered_letter(mail)) is not None:
            settle_by_mail(workspace, letter[0], letter[1], "it was answered", now=now)
        return BounceResult.NOT_OURS if bounce is None else _deal_with(workspace, bounce, keys, now)

    if mailbox is None:
        return None
    return read_mailbox(mailbox, take, today=london_day(now), boundary=Boundary(workspace, PART, now))


def _unmatched_words(number: int) -> str:
    mails = "1 mail that came back fits" if number == 1 else f"{number} mails that came back fit"
    return (
        f"{mails} no letter that is known here (those of a destroyed case, and to somebody who was erased, are not any "
        "more): look at what is unread in the mailbox that mail comes back to"
    )


def ask_about_losses(workspace: Workspace, delivery: Delivery, *, now: datetime) -> int:
    """How many letters GOV.UK Notify has given up in the last days, the known ones among them; raises NoAnswer."""
    if delivery.mode is Mode.TEST:
        return 0
    from notifications.bounces.receipts import given_up  # Apprise takes a second to load, and test mode never needs it

    boundary, known = Boundary(workspace, PART, now), 0
    for bounce in given_up(delivery):
        with boundary.around("letter", plain(bounce.number)):
            fate = _deal_with(workspace, bounce, delivery.contact_keys, now)
            known += fate is BounceResult.DEALT_WITH
    boundary.end("letter")
    return known


def _deal_with(workspace: Workspace, bounce: Bounce, keys: str, now: datetime) -> BounceResult:
    about = (bounce.number, kept_as(workspace, keys, bounce.number, bounce.address), bounce.why)
    if bounce.own_fault_of is not None:
        return record_loss(workspace, *about, taken_over=bounce.own_fault_of, now=now)
    return record_bounce(workspace, *about, lasting=bounce.lasting, now=now)
