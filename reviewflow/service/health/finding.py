"""What one check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reviewflow.service.health.ailment import Ailment


class HealthState(StrEnum):
    """Whether something is as it should be."""

    GOOD = "good"
    TO_DO = "to do"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands, whether that is good, and what to do if it is not."""

    about: str
    verdict: HealthState
    says: str
    remedy: str = ""
    ailment: Ailment | None = None
    """None when it is good."""


def good(about: str, says: str) -> Finding:
    """That something is as it should be."""
    return Finding(about, HealthState.GOOD, says)


def to_do(ailment: Ailment, about: str, says: str, remedy: str) -> Finding:
    """That something is to be put right, and how."""
    return Finding(about, HealthState.TO_DO, says, remedy, ailment)


def cannot_tell(ailment: Ailment, about: str, says: str, remedy: str) -> Finding:
    """That something could not be looked at, and what to do first."""
    return Finding(about, HealthState.UNKNOWN, says, remedy, ailment)
