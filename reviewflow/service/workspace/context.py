"""One case with all that is needed to write about it or to decide in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Partnership
from reviewflow.london import london_day


@dataclass(frozen=True, slots=True)
class CaseContext:
    """A case at one moment; made by `Workspace.context` from a stored case."""

    plan: Plan
    case: Case
    partnership: Partnership
    calendars: Calendars
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def office_days(self) -> Calendar:
        """The working days of the office, by which people are told how far away a day is."""
        return self.calendars[OFFICE]
