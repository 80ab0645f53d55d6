"""Commands about chasing: what is sent, what became of it, and what its owner answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Chase:
    """The sweep found something due about this item. `send_at` is the office's sending time in London."""

    item: str
    send_at: time


@dataclass(frozen=True, slots=True)
class RecordUndelivered:
    """A message was refused for good, or could not go for a day.

    `passed_to` gets it instead, `reported_to` is told of it; each a recipient, or '' for nobody.
    """

    item: str
    message: str
    to: str
    why: str
    passed_to: str = ""
    reported_to: str = ""


@dataclass(frozen=True, slots=True)
class RecordDelayed:
    """A message could not be sent at its first try and will be tried again."""

    item: str
    message: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordRecovered:
    """A message that was delayed was sent, at the try of this number."""

    item: str
    message: str
    to: str
    tries: int


@dataclass(frozen=True, slots=True)
class ChaseByHand:
    """Send the owner the current message of this item's ladder now."""

    item: str


@dataclass(frozen=True, slots=True)
class Respond:
    """The owner responded although it is not done; `until` is the day that they ask for when they need more time."""

    item: str
    kind: str
    note: str = ""
    until: date | None = None
    receipt_to: str = ""
    """The post that a letter tells what was recorded; '' for none."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send no reminder of this item before the day `until`."""

    item: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Let its reminders go on: what stopped them is put right, or more time is not granted."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordLeft:
    """A message about this item left the building, to `to` ('agency:police:contact'); '' where that is not told."""

    item: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class AskAnew:
    """The message of this automatic step has waited for more than a working day."""

    item: str


OfCorrespondence = (
    Chase
    | RecordUndelivered
    | RecordDelayed
    | RecordRecovered
    | ChaseByHand
    | Respond
    | Snooze
    | Resume
    | RecordLeft
    | AskAnew
)
