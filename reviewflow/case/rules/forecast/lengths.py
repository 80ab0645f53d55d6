"""How long work takes that has not begun, in all of a hundred courses at once.

What hangs on the days that are given alone is worked out once for each number of days, and not for each course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reviewflow.case.rules.forecast.draws import EVEN, UNEVEN, Days, Draws, beyond, in_time, spread, usually_beyond
from reviewflow.case.rules.forecast.projection import HURRY


@dataclass(frozen=True, slots=True)
class Work:
    """Work that has not begun: its planned length, its usual length if past cases tell it, its pace, how often late."""

    planned: float
    usual: float | None
    pace: float
    late: float

    def hurried(self, given: Iterable[int]) -> Mapping[int, int]:
        """By how many days are given for it, how many count: what begins late for its day takes a part of its own."""
        planned, least = self.planned, round(HURRY * self.planned)
        return {days: days if days > planned or days > least else least for days in given}

    def takes(self, given: Days, drawn: Draws) -> Days:
        """How many days it takes in each course, of so many that are given there: late, or in time at its pace."""
        hurried = self.hurried(set(given))
        kept = {days: self._in_time(fewer) for days, fewer in hurried.items()}
        takes = [kept[days][place] for days, place in zip(given, drawn.how_slow, strict=True)]
        for course in drawn.late_ones(self.late):
            takes[course] = _late(hurried[given[course]])[drawn.how_late[course]]
        return takes

    def _in_time(self, given: int) -> Days:
        """From the quickest to the slowest. What never kept its days in past cases takes as long as it took there.

        It hurries too where it begins late for its day.
        """
        if self.usual is not None:
            habit = self._habit(self.usual, given) * (HURRY if given < self.planned else 1)
            if habit > max(given, self.planned):
                return _by_habit(habit, self.pace)
        return _part_of(given, self.pace)

    def _habit(self, usual: float, given: int) -> float:
        """What it took in past cases without the days that it took when it was late: these are drawn for themselves."""
        when_late = self.late * (given + 1 + usually_beyond(given))
        return max(HURRY * usual, (usual - when_late) / (1 - self.late))


@lru_cache(maxsize=2048)
def _by_habit(habit: float, pace: float) -> Days:
    """As many days as it takes by habit, fewer or more as it goes, from the quickest to the slowest."""
    return [days if (days := round(part * habit)) > 0 else 0 for part in _parts_of_habit(pace)]


@lru_cache(maxsize=64)
def _parts_of_habit(pace: float) -> Sequence[float]:
    return [spread(pace, part) / pace for part in EVEN]


@lru_cache(maxsize=2048)
def _part_of(given: int, pace: float) -> Days:
    """Such a part of the days that are given as fits the pace, from the quickest to the slowest."""
    return [in_time(spread(pace, part) * given, given) for part in EVEN]


@lru_cache(maxsize=512)
def _late(given: int) -> Days:
    """The days that were given and some beyond them, from the fewest to the most."""
    return [given + beyond(given, far) for far in UNEVEN]
