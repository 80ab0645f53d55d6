"""A released letter to a contact of a case: here alone who that is is put in, and nowhere kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus, Outcome
from notifications.send import hold, send
from reviewflow.case.model.ids import Recipient
from reviewflow.language.templates import ADDRESSED
from reviewflow.service.contacts.people import person_of
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.workspace.contact_keys import ContactSealed
from reviewflow.service.workspace.delivery_modes import Mode, leaves_the_building
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace


def is_to_contact(ready: OutgoingLetter) -> bool:
    """Whether a letter goes to a contact of a case; such a letter holds nothing else."""
    return any(Recipient.parse(recipient).is_contact for recipient in ready.recipients)


def send_to_contact(
    workspace: Workspace, ready: OutgoingLetter, letter: Letter, delivery: Delivery, *, now: datetime
) -> Outcome:
    """Send it, or write it to the folder as it is kept, with neither mailbox nor name."""
    (notice,) = ready.notices
    if delivery.mode is Mode.TEST:
        return hold(letter, delivery, now)
    try:
        person = person_of(workspace, delivery.contact_keys, notice.reference, Recipient.parse(notice.recipient).name)
    except ContactSealed as error:
        return Outcome(DeliveryStatus.RETRY, str(error))
    except UserError as error:
        return Outcome(DeliveryStatus.REFUSED, str(error))
    if not leaves_the_building(delivery.mode, person.mailbox, delivery.guests):
        return hold(letter, delivery, now)
    text = letter.text.replace(f"{{{ADDRESSED}}}", person.addressed)
    outcome = send(replace(letter, to=person.mailbox, text=text), delivery, now=now)
    return replace(outcome, detail=person.hidden_in(outcome.detail))
