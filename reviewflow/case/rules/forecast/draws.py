"""What is drawn for each piece of work, and the days that it takes when that is drawn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from reviewflow.case.rules.forecast.projection import HURRY

COURSES = 100
"""So many courses of the rest of a case are drawn."""
SPREAD = 0.5
"""Work in time takes so much more of its days when it goes slowly than when it goes quickly."""
LATER_BY = 1 / 3
"""What part of the days that it was given late work takes further, a day at least."""
AT_MOST_LATER = 10
"""And usually no more than two weeks."""

Days = Sequence[int]
"""One for each course."""


class Draws(NamedTuple):
    """Numbers, one for each course: evenly spread, in an order of their own."""

    late: Sequence[float]
    """Between 0 and 1: it is late where this is less than how likely that is."""
    part: Sequence[float]
    """Between 0 and 1: how quickly it goes in time."""
    beyond: Sequence[float]
    """How many times as many days as usual it is late: mostly less than once, now and then far more."""


@lru_cache(maxsize=2048)
def draws(item: str) -> Draws:
    """Those of an item, at any time the same."""
    chance = random.Random(item)  # noqa: S311 - nothing secret hangs on it
    even = [(number + 0.5) / COURSES for number in range(COURSES)]
    late, part, beyond = (sorted(even, key=lambda _: chance.random()) for _ in Draws._fields)
    return Draws(late, part, [-log(1 - number) for number in beyond])


def spread(pace: float, part: float) -> float:
    """What part of its days work in time takes, at a pace, if it goes quickly (0), slowly (1) or in between."""
    return pace + SPREAD * (part - 0.5)


def in_time(days: float, given: int) -> int:
    """So many whole days, and no more than were given, or one."""
    most = given if given > 1 else 1
    return most if days >= most else max(0, round(days))


@dataclass(frozen=True, slots=True)
class Work:
    """Work that has not begun: its planned length, its usual length if past cases tell it, its pace, how often late."""

    planned: float
    usual: float | None
    pace: float
    late: float

    def hurried(self, given: int) -> int:
        """So many days are given for it, of which work that begins late for its day takes half of its own at least."""
        return given if given > self.planned else max(given, round(HURRY * self.planned))

    def takes(self, given: Days, drawn: Draws) -> Days:
        """How many days it takes in each course, of so many that are given there: late, or in time at its pace."""
        return [
            days + 1 + int(usually_beyond(days) * far) if chance < self.late else self.takes_in_time(days, part)
            for days, chance, part, far in zip(map(self.hurried, given), *drawn, strict=True)
        ]

    def takes_in_time(self, given: int, part: float) -> int:
        """How many days it takes if it is not late.

        What never kept its days in past cases takes as long as it took there.
        """
        share = spread(self.pace, part)
        if self.usual is not None:
            habit = self._habit(self.usual, given)
            if habit > max(given, self.planned):
                return max(0, round(share / self.pace * habit))
        return in_time(share * given, given)

    def _habit(self, usual: float, given: int) -> float:
        """What it took in past cases without the days that it took when it was late: these are drawn for themselves."""
        when_late = self.late * (given + 1 + usually_beyond(given))
        return max(HURRY * usual, (usual - when_late) / (1 - self.late))


@lru_cache
def usually_beyond(given: int) -> float:
    """How many days late work takes on average beyond those that were given for it."""
    return min(AT_MOST_LATER, max(1.0, LATER_BY * given))


def beyond(given: int, drawn: float) -> int:
    """How many days late work takes beyond those that were given for it."""
    return waits(usually_beyond(given), drawn)


def waits(usually: float, drawn: float) -> int:
    """A day and, on average, so many more; now and then far more (an exponential distribution)."""
    return 1 + int(usually * drawn)
