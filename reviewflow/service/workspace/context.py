"""One case with all that is needed to write about it or to decide in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import Forecast
from reviewflow.language.model import Partnership
from reviewflow.london import london_day


@dataclass(frozen=True, slots=True)
class Went:
    """What has left the building about an item: known when a letter leaves, not when it is written."""

    asked: date | None
    """The day on which its first request left; None where none of them has, or none is written."""
    days: tuple[date, ...]
    """On which reminders of it left, in order."""
    undated: int = 0
    """How many more went out, of which no day is kept."""

    @property
    def number(self) -> int:
        return len(self.days) + self.undated


@dataclass(frozen=True, slots=True)
class CaseContext:
    """A case at one moment; made by `Workspace.context` from a stored case."""

    plan: Plan
    case: Case
    partnership: Partnership
    calendars: Calendars
    now: datetime
    went: Mapping[str, Callable[[], Went]] = field(default_factory=dict)
    """By item what works it out, as far as it is known; else what was written counts."""
    subjects_only: bool = False
    """Whether its messages get no text: see `Workspace.subjects_only`."""
    foreseen: dict[str, Forecast] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By limit, once it was asked for: `foreseen_of` works it out once, however many lines of a page say it."""

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def office_days(self) -> Calendar:
        """The working days of the office, by which people are told how far away a day is."""
        return self.calendars[OFFICE]
