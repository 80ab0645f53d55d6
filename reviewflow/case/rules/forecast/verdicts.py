"""The six words for a clock, and how the days that are foreseen for it lead to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """How a time limit stands, or is foreseen to end."""

    MET = "met"
    ON_COURSE = "on course"
    """Of a hundred such courses 73 at least are in time, with all that is undecided needed."""
    TIGHT = "tight"
    UNLIKELY = "unlikely"
    """Of a hundred such courses fewer than 40 are in time, with nothing that is undecided needed."""
    HELD = "held: cannot be told"
    """A hold stops the way, and nobody knows when it ends."""
    MISSED = "missed"


IN_DANGER = frozenset({Verdict.UNLIKELY, Verdict.HELD})
"""The words of a running clock on which people are warned."""


LITTLE, EVEN, SAFE = 0.4, 0.5, 0.73
"""What part of such courses is in time by the earliest day, by the day that is expected, and by the latest."""


class DaysToMeet(NamedTuple):
    """The days by which a limit is met in 40 of a hundred such courses, in half of them, and in 73."""

    earliest: date
    expected: date
    slowly: Callable[[], date]
    """The last of them, worked out where it is asked for."""


def judge(course: DaysToMeet, due: date, by: time | None, *, held: bool = False) -> Verdict:
    """The word for a limit that runs, and that is `held` where a hold stops the way to it.

    On the last day of a limit that counts hours nobody can tell whether the hour was kept: that is tight at best.
    """
    if course.earliest > due:
        return Verdict.UNLIKELY
    if held:
        return Verdict.HELD
    latest = course.slowly()
    kept = latest <= due if by is None else latest < due
    return Verdict.ON_COURSE if kept else Verdict.TIGHT
