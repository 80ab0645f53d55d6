"""Send one letter, or write it to the folder when it must not leave."""

from __future__ import annotations

from datetime import datetime

from notifications import folder
from notifications.delivery import Delivery
from notifications.letters.letter import Letter, problems
from notifications.outcome import DeliveryStatus, Outcome
from reviewflow.service.workspace.delivery_modes import leaves_the_building


def send(letter: Letter, delivery: Delivery, *, now: datetime) -> Outcome:
    """Deliver once. A letter can arrive twice when a line breaks, so its reference is at its end and in its header."""
    wrong = problems(letter)
    if wrong:
        return Outcome(DeliveryStatus.REFUSED, " ".join(wrong))
    if not leaves_the_building(delivery.mode, letter.to, delivery.guests):
        return hold(letter, delivery, now)
    from notifications.mail import post  # Apprise takes a second to load, and test mode never needs it

    return post(letter, delivery, now=now)


def tell(url: str, text: str, delivery: Delivery) -> bool:
    """Say on another channel that something waits; whether it was taken over. Only ever called when mail may leave."""
    from notifications.mail import tell as say

    return say(url, text, delivery)


def hold(letter: Letter, delivery: Delivery, now: datetime) -> Outcome:
    """Write a letter to the folder, because it must not leave."""
    try:
        path = folder.write(letter, delivery, now=now)
    except OSError as error:
        return Outcome(DeliveryStatus.RETRY, f"The folder {delivery.folder} could not be written to: {error.strerror}.")
    return Outcome(DeliveryStatus.HELD, f"Not sent, because delivery is {delivery.mode}; written to {path}.")
