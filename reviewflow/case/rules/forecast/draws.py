"""What is drawn for each piece of work, and the days that it takes when that is drawn."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

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


NONE: Days = [0] * COURSES
EVEN = [(number + 0.5) / COURSES for number in range(COURSES)]
UNEVEN = [-log(1 - part) for part in EVEN]
"""How many times as many days as usual late work is late: mostly less than once, now and then far more."""


class Draws(NamedTuple):
    """Which of the numbers that are spread over all courses each course has, in an order of its own."""

    latest_first: Sequence[int]
    """The courses, those in front that are late even where that is least likely."""
    how_slow: Sequence[int]
    """By course, the place in EVEN of how slowly it goes in time."""
    how_late: Sequence[int]
    """By course, the place in UNEVEN of how far beyond its days it is, if it is late."""

    def late_ones(self, likely: float) -> Sequence[int]:
        """The courses in which it is late, if that is so likely."""
        return self.latest_first[: bisect_left(EVEN, likely)]


@lru_cache(maxsize=2048)
def draws(item: str) -> Draws:
    """Those of an item, at any time the same."""
    chance = random.Random(item)  # noqa: S311 - nothing secret hangs on it
    late, slow, far = (sorted(range(COURSES), key=lambda _: chance.random()) for _ in range(3))
    return Draws(sorted(range(COURSES), key=late.__getitem__), slow, far)


def spread(pace: float, part: float) -> float:
    """What part of its days work in time takes, at a pace, if it goes quickly (0), slowly (1) or in between."""
    return pace + SPREAD * (part - 0.5)


def in_time(days: float, given: int) -> int:
    """So many whole days, and no more than were given, or one."""
    most = given if given > 1 else 1
    return most if days >= most else max(0, round(days))


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
