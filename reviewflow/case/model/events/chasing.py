"""Facts about chasing: what was said to whom, and what they said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """The owner of work that was sent back is told so (the message is in the outbox, in the same transaction)."""

    KIND: ClassVar[str] = "Told"
    item: str
    message: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chased:
    """A rung of a ladder fell due and its message was promised; `passed` rungs before it were passed over."""

    KIND: ClassVar[str] = "Chased"
    item: str
    rung: int
    passed: int
    message: str
    to: tuple[str, ...]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A rung fell due on the day `fell`, and a later one before anything could go out: it was not sent."""

    KIND: ClassVar[str] = "PassedOver"
    item: str
    rung: int
    message: str
    to: tuple[str, ...]
    fell: date


@dataclass(frozen=True, slots=True)
class ChasedByHand:
    """Somebody had a message sent before its time; of its ladder everything up to that day is passed."""

    KIND: ClassVar[str] = "ChasedByHand"
    item: str
    rungs: int
    message: str
    to: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Responded:
    """Whoever owes it answered without its being done; of its ladder everything up to that day is passed."""

    KIND: ClassVar[str] = "Responded"
    item: str
    kind: str
    on: date
    rungs: int
    note: str = ""
    wanted: date | None = None
    """The day until which more time was asked for."""
    remind: date | None = None
    """When the office is reminded, where it has to decide."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """No message goes out about it before the day `until`."""

    KIND: ClassVar[str] = "Snoozed"
    item: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Its reminders go on."""

    KIND: ClassVar[str] = "Resumed"
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """Nobody has decided yet; those named are told (the message is in the outbox), and `again` reminded then."""

    KIND: ClassVar[str] = "DecisionDue"
    item: str
    message: str
    to: tuple[str, ...]
    again: date


@dataclass(frozen=True, slots=True)
class Delayed:
    """A message could not go at its first try; it is tried again for a day."""

    KIND: ClassVar[str] = "Delayed"
    item: str
    message: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class DeliveryRecovered:
    """A message that was delayed went, at the try of this number."""

    KIND: ClassVar[str] = "WentAfterAll"
    item: str
    message: str
    to: str
    tries: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message will never reach whom it was for. `instead` is who gets it now, `told` who is told of it."""

    KIND: ClassVar[str] = "Undelivered"
    item: str
    message: str
    to: str
    why: str
    instead: str = ""
    told: str = ""


ChasingEvent = (
    NoticeSent
    | Chased
    | PassedOver
    | ChasedByHand
    | Responded
    | Snoozed
    | Resumed
    | DecisionDue
    | Delayed
    | DeliveryRecovered
    | Undelivered
)
