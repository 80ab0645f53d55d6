"""What became of one letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeliveryStatus(StrEnum):
    SENT = "sent"  # a mail server or service took it over; more cannot be known from here
    HELD = "held"  # written to the folder; nothing left the building
    RETRY = "retry"  # not now; the same letter may go later. It may already have arrived
    REFUSED = "refused"  # never like this: the address or the letter must be put right


@dataclass(frozen=True, slots=True)
class Outcome:
    """`detail` is for people: plain English, without addresses, passwords or what a program printed."""

    verdict: DeliveryStatus
    detail: str
