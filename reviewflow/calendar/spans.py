"""Lengths of time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a length is counted in: hours from a time of day, of all days or of working days, or whole days."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_HOURS = "hours of working days"

    @property
    def by_the_clock(self) -> bool:
        """Whether it runs from a time of day to another."""
        return self in {Unit.HOURS, Unit.WORKING_HOURS}


ONE_OF = {Unit.WORKING_HOURS: "hour of working days"}
"""What one of a unit is called where that is not the same without its s."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, as a person says it: 15 working days. Of clear days neither the first nor the last counts."""

    amount: int
    unit: Unit
    clear: bool = False

    def __str__(self) -> str:
        unit = ONE_OF.get(self.unit, self.unit.removesuffix("s")) if self.amount == 1 else self.unit
        return f"{self.amount} {'clear ' if self.clear else ''}{unit}"

    @property
    def counted(self) -> int:
        """How many units on the day lies that it leads to: one more for clear days, which count neither end."""
        return self.amount + self.clear
