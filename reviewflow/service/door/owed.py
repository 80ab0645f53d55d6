"""All that a mailbox owes, each with the address of its page."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.door.key import Door
from reviewflow.service.door.letters import addresses_of
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.messages.answer_places import filled, places
from reviewflow.service.workspace.workspace import Workspace


class OwedLine(NamedTuple):
    """What is owed in a line, and the token of its page; '' where it has none."""

    words: str
    token: str


def owed_by(workspace: Workspace, door: Door, opened: OpenedItem, *, now: datetime) -> list[OwedLine]:
    """Everything that the mailbox of an address owes now, the earliest due first.

    Left out is what is on hold, snoozed or waits for a decision of the office, as in letters.
    """
    mailbox = opened.link.address
    lines = AlsoDue(workspace, now).lines(mailbox, ())
    forms = {place.form: True for line in lines for place in places(line)}
    letter = OutgoingLetter(opened.link.letter, mailbox, (), now)
    tokens = {
        form: address.rpartition("/")[2]
        for form, address in addresses_of(workspace, door, letter, forms, now=now).items()
    }
    return [OwedLine(filled(line, lambda _: ""), _token(line, tokens)) for line in lines]


def _token(line: str, tokens: dict[str, str]) -> str:
    return next((tokens[place.form] for place in places(line) if place.form in tokens), "")
