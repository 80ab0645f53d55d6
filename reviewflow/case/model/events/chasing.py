"""Events of chasing: which message went to whom, what became of it, and what they answered.

A message that an event names is in the outbox, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A message outside a ladder: thanks, work sent back, more time granted or refused, a decision asked for.

    `was` is the day on which a meeting was to be of which it says that it is moved, put off or called off.
    """

    KIND: ClassVar[str] = "Told"
    item: str
    message: str
    to: tuple[str, ...]
    was: date | None = None


@dataclass(frozen=True, slots=True)
class Chased:
    """A rung of a ladder fell due and its message goes out; `passed` rungs before it were passed over."""

    KIND: ClassVar[str] = "Chased"
    item: str
    rung: int
    passed: int
    message: str
    to: tuple[str, ...]
    on: date | None = None
    after_noon: bool = False


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """The owner is told that it is theirs, before anybody else hears that it is late; `rungs` count as passed."""

    KIND: ClassVar[str] = "OwnerTold"
    item: str
    rungs: int
    message: str
    to: tuple[str, ...]
    on: date
    after_noon: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A rung fell due on the day `fell` and was not sent, because a later one fell due before anything could go out."""

    KIND: ClassVar[str] = "PassedOver"
    item: str
    rung: int
    message: str
    to: tuple[str, ...]
    fell: date


@dataclass(frozen=True, slots=True)
class ChasedByHand:
    """A person had a message sent; every rung up to that day counts as passed."""

    KIND: ClassVar[str] = "ChasedByHand"
    item: str
    rungs: int
    message: str
    to: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Responded:
    """The owner responded although it is not done; every rung up to that day counts as passed."""

    KIND: ClassVar[str] = "Responded"
    item: str
    kind: str
    on: date
    rungs: int
    note: str = ""
    wanted: date | None = None
    """The day until which more time was asked for."""
    remind: date | None = None
    """The day on which the office is reminded that it has to decide; None when it has not."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """No reminder of it goes out before the day `until`."""

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
    printed: bool = False
    """The process has letters that print the reason."""


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """Nobody has decided yet; those named are reminded, and on the day `again` once more."""

    KIND: ClassVar[str] = "DecisionDue"
    item: str
    message: str
    to: tuple[str, ...]
    again: date


@dataclass(frozen=True, slots=True)
class Delayed:
    """A message could not be sent at its first try; it is tried again for a day."""

    KIND: ClassVar[str] = "Delayed"
    item: str
    message: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class DeliveryRecovered:
    """A message that was delayed was sent, at the try of this number."""

    KIND: ClassVar[str] = "WentAfterAll"
    item: str
    message: str
    to: str
    tries: int


@dataclass(frozen=True, slots=True)
class RequestLeft:
    """The request for something of which silence counts left the building on this day."""

    KIND: ClassVar[str] = "RequestLeft"
    item: str
    left: date


@dataclass(frozen=True, slots=True)
class RequestCameBack:
    """The request for something of which silence counts did not arrive: no silence counts until another leaves."""

    KIND: ClassVar[str] = "RequestCameBack"
    item: str


@dataclass(frozen=True, slots=True)
class AskedLate:
    """The request could not leave for a while; `item` is asked for anew, and is due as many working days later."""

    KIND: ClassVar[str] = "AskedLate"
    item: str
    request: str
    """The item whose message asks for it."""
    asked: date
    due: date
    at: time | None = None
    """The time of day by which it is due, where its rule names one."""
    stands: bool = False
    """Whether the message that waits still goes as it is, and none is written anew: somebody has released it."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message will not reach its recipient. `instead` gets it now, `told` is told of it; each '' for nobody."""

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
    | OwnerTold
    | PassedOver
    | ChasedByHand
    | Responded
    | Snoozed
    | Resumed
    | DecisionDue
    | Delayed
    | DeliveryRecovered
    | Undelivered
    | RequestLeft
    | RequestCameBack
    | AskedLate
)
