"""What is foreseen of a time limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from reviewflow.case.rules.forecast.punctuality import Punctuality
from reviewflow.case.rules.forecast.verdicts import IN_DANGER, Verdict


class Because(StrEnum):
    """Why a step is foreseen for its day and no sooner."""

    DUE = "due"
    """It is under way, and this is its due day or when such work is usually done."""
    OVERDUE = "overdue"
    """It is overdue, and foreseen to take half as long again as it has been."""
    SOONEST = "as soon as it can be"
    """It takes its usual length after what it waits for."""
    NOT_BEFORE = "not before"
    PLANNED = "planned"
    """It is done on a date of the case, such as that of a meeting, which lies ahead."""
    ON_ITS_DAY = "on its day"
    """The same of work that was given another day than that date, such as what was sent back and is not booked anew."""
    PASSED = "planned and passed"
    """That date has passed and nobody has recorded it: foreseen as what is overdue."""
    ASKED = "more time asked for"
    HELD = "held"


FIXED = frozenset({Because.NOT_BEFORE, Because.PLANNED, Because.ON_ITS_DAY, Because.ASKED})
"""It is done on that day however early it begins."""


@dataclass(frozen=True, slots=True)
class ForecastLink:
    """One step that decides when a limit will be met."""

    item: str
    day: date
    because: Because
    due: date | None


@dataclass(frozen=True, slots=True)
class Needed:
    """A step that must be finished by a day, if a limit is still to be met."""

    item: str
    by: date


@dataclass(frozen=True, slots=True)
class Stop:
    """A time during which the clock is foreseen to stand still, as the file says."""

    name: str
    first: date
    last: date
    undecided: bool = False
    """It is not decided yet whether it will."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How a time limit stands, and what is foreseen of it."""

    limit: str
    due: date
    verdict: Verdict
    expected: date
    """The day on which it was met or, as things stand, will be: by then half of such courses are over."""
    earliest: date
    """The day by which 40 of a hundred such courses are over, with no hold and nothing needed that is undecided."""
    slowly: Callable[[], date] = field(compare=False, repr=False)
    """What works out `latest`: the word seldom hangs on it where a limit is late, and few ask for it."""
    slack: int
    """Days of the limit's calendar from the day that is expected to its end; negative when it is past that.

    Those on which its clock is foreseen to stand still are none.
    """
    by: time | None = None
    """The time of day at which it ends, where it counts hours."""
    chain: tuple[ForecastLink, ...] = ()
    """The steps that decide the day that is expected, in their order."""
    needed: tuple[Needed, ...] = ()
    """Of one that is unlikely: by when each of these must be finished for it to be met."""
    holds: tuple[str, ...] = ()
    """The holds in place that stop a step on the way."""
    endless: tuple[str, ...] = ()
    """Those of these holds that have no review day."""
    so_far: Punctuality | None = None
    """How punctual people were in this case; None of a limit that does not run."""
    stops: tuple[Stop, ...] = ()
    """When its clock is foreseen to stand still, and when it may."""
    ends: date | None = None
    """The day on which it then ends; None where nothing that is decided stops its clock."""
    counted: tuple[date, date] | None = None
    """`earliest` and `latest` without the days on which it is foreseen to stand still; None where it never is."""

    @property
    def end(self) -> date:
        """The day on which it is foreseen to end: as it runs now, or later because its clock will stand still."""
        return self.ends or self.due

    @property
    def latest(self) -> date:
        """The day by which 73 are over, with all needed that is undecided."""
        return self.slowly()

    @property
    def late(self) -> bool:
        """Whether it was not met in time, or people are to be warned of it."""
        return self.verdict in {*IN_DANGER, Verdict.MISSED}
