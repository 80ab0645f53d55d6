"""A letter of ours that was taken over and did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Bounce:
    """`why` is the middle of a sentence for people, without addresses and what a program printed."""

    number: str  # of the letter: RR-2026-001/14.1
    address: str  # that it went to, in small letters
    lasting: bool  # given up, rather than late on its way
    why: str
    own_fault_of: datetime | None = None
    """When a service took over what it then lost by its own fault, so that it may go again."""


class NoAnswer(Exception):
    """A service did not say what became of its mail: why, as a sentence."""
