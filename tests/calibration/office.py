"""A made-up partnership: how often each of its people is late, and for how long."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean

from reviewflow.case.rules.forecast.punctuality import TrackRecord

ENOUGH = 5
"""Past cases from which the usual length of a step is known."""
SHORT = 10
"""The working days up to which work is chased as the returns of a rapid review are."""
CHASED_SHORT, CHASED_LONG = (1, 2, 3, 5, 10), (2, 5, 10, 20)
"""The working days after its day on which late work is chased, higher and higher up."""


@dataclass
class Office:
    """A partnership with habits of its own, and the cases that it had before."""

    chance: random.Random
    manner: float = field(init=False)
    """How its people work: near 0 in a part of the days that they are given, from 1 on often late."""
    rates: dict[str, float] = field(default_factory=dict)
    heeds: dict[str, float] = field(default_factory=dict)
    taken: dict[str, list[int]] = field(default_factory=dict)
    punctual: dict[str, TrackRecord] = field(default_factory=dict)
    """By owner, in the cases that were lived: how many pieces of work were late, and of how many."""

    def __post_init__(self) -> None:
        self.manner = self.chance.choice((self.chance.uniform(0, 0.4), self.chance.uniform(0.6, 1.8)))

    def rate(self, owner: str) -> float:
        """How often an owner is late: more in some offices than in others, and agencies more than posts."""
        if owner not in self.rates:
            most = 0.9 if owner.startswith("agency:") else 0.45
            self.rates[owner] = min(0.9, most * self.manner * self.chance.random())
        return self.rates[owner]

    def heed(self, owner: str) -> float:
        """How often a chase brings what an owner is late with: those who do not heed one stay late for weeks."""
        if owner not in self.heeds:
            self.heeds[owner] = self.chance.uniform(0.3, 0.8)
        return self.heeds[owner]

    def usual(self) -> Mapping[str, float]:
        return {step: fmean(days) for step, days in self.taken.items() if len(days) >= ENOUGH}

    def late(self, owner: str, given: int) -> int:
        """So many working days late: until one of its chases is heeded, or some days after the last."""
        before, chases = 0, CHASED_SHORT if given <= SHORT else CHASED_LONG
        for day in chases:
            if self.chance.random() < self.heed(owner):
                return self.chance.randint(before + 1, day)
            before = day
        return before + self.chance.randint(1, before)
