"""One case with all that is needed to write about it or to decide in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewflow.calendar import Calendars
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model.partnership import Partnership


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What is known while one case is written about."""

    plan: Plan
    case: Case
    partnership: Partnership
    calendars: Calendars
    now: datetime
