"""Commands about how long the file of the case is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceLegalHold:
    """Keep the file of the case for a matter, whatever the retention schedule says. Nothing in the review stops."""

    matter: str
    reason: str
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class LiftLegalHold:
    """The matter no longer needs the file."""

    matter: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeepUntil:
    """Keep the file at least to the end of this year. A year, because a day could be somebody's birthday."""

    year: int
    reason: str


OfLegalHolds = PlaceLegalHold | LiftLegalHold | KeepUntil
