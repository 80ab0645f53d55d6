"""Seals, and what they cover."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A row as a seal has it."""

    kind: str  # its table
    key: str  # which one: RR-2026-001/14.1
    hash: str  # of what in it never changes; of a case, the hash of its last event
    number: int = 0  # of that event, for a case
    stand: str | None = None  # of a case: of its row, its items and its contacts
    seal: int = 0  # the seal that covers it; 0 before one does


@dataclass(frozen=True, slots=True)
class Seal:
    """What the office had recorded since the seal before, under one hash that goes on from that seal's."""

    number: int
    at: str
    covers: int  # how many rows
    settings: str  # of calendars and sending time
    note: str
    hash: str


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as it stands: what a seal has of it, and the moment that it says of itself."""

    leaf: Leaf
    moment: str


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What no seal covers yet."""

    rows: int
    since: str | None  # the moment of the last seal; None before the first
