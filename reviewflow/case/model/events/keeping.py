"""Events of the keeping of a case's file: what must not be destroyed, whatever the retention schedule says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LegalHoldPlaced:
    """The file is kept for this matter (an inquest, an inquiry, a claim) from this day on."""

    KIND: ClassVar[str] = "LegalHoldPlaced"
    matter: str
    placed: date
    reason: str
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class LegalHoldLifted:
    """The file is no longer kept for this matter."""

    KIND: ClassVar[str] = "LegalHoldLifted"
    matter: str
    lifted: date
    reason: str


@dataclass(frozen=True, slots=True)
class KeptUntil:
    """The file is kept at least until this day, although its process would have it destroyed earlier."""

    KIND: ClassVar[str] = "KeptUntil"
    until: date
    reason: str


RecordEvent = LegalHoldPlaced | LegalHoldLifted | KeptUntil
