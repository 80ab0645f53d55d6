"""How long what is left takes: if it goes quickly, as usual, or slowly."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of its usual length a step takes, and whether what is not decided yet is needed."""

    share: float
    most: int
    """No step is foreseen to go faster or slower than usual by more than so many working days."""
    undecided: bool

    def days(self, usual: float) -> int:
        """The working days that a step takes whose usual length this is."""
        aside = ceil(abs(self.share - 1) * usual - 1e-9)
        return max(0, round(usual) + (min(aside, self.most) if self.share > 1 else -min(aside, self.most)))


QUICK = Pace(0.5, 10, undecided=False)
USUAL = Pace(1, 0, undecided=False)
SLOW = Pace(1.5, 5, undecided=True)
