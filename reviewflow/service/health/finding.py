"""What one check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether something is as it should be."""

    GOOD = "good"
    TO_DO = "to do"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands, whether that is good, and what to do if it is not."""

    about: str
    verdict: Verdict
    says: str
    remedy: str = ""
