"""The six words for a clock, and how the days that are foreseen for it lead to one."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """How a time limit stands, or is foreseen to end."""

    MET = "met"
    ON_COURSE = "on course"
    """Also met when what is left goes slowly, and all that is undecided is needed."""
    TIGHT = "tight"
    """Met only if nothing on the way goes slowly."""
    UNLIKELY = "unlikely"
    """Not met even if all that is left goes quickly."""
    HELD = "held: cannot be told"
    """A hold stops the way, and nobody knows when it ends."""
    MISSED = "missed"


IN_DANGER = frozenset({Verdict.UNLIKELY, Verdict.HELD})
"""The words of a running clock on which people are warned."""


class Course(NamedTuple):
    """The days on which a limit is met if all that is left goes quickly, as usual, and slowly."""

    earliest: date
    expected: date
    latest: date


def judge(course: Course, due: date, by: time | None) -> Verdict:
    """The word for a limit that runs and is not held.

    On the last day of a limit that counts hours nobody can tell whether the hour was kept: that is tight at best.
    """
    if course.earliest > due:
        return Verdict.UNLIKELY
    kept = course.latest <= due if by is None else course.latest < due
    return Verdict.ON_COURSE if kept else Verdict.TIGHT
