"""What was worked out of cases of a plan, for as long as each is as it was: nothing is worked out twice on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from reviewflow.calendar import Calendars
from reviewflow.case.model.state import Case

MOST = 1_024
"""How many cases are kept: one sweep asks for each open case several times, one after the other."""

Worked = TypeVar("Worked")


@dataclass(frozen=True, slots=True)
class _Known(Generic[Worked]):
    case: Case
    today: date
    calendars: Calendars
    worked_out: Worked

    def is_of(self, case: Case, today: date, calendars: Calendars) -> bool:
        """Whether all that it hangs on is the same: nobody can change a case or a calendar, only make another."""
        return self.case is case and self.today == today and self.calendars is calendars


class OfCases(Generic[Worked]):
    """Of each case the last that was worked out."""

    def __init__(self) -> None:
        self._known: dict[str, _Known[Worked]] = {}
        self._one_at_a_time = Lock()

    def of(self, case: Case, today: date, calendars: Calendars, work: Callable[[], Worked]) -> Worked:
        """As it was worked out of the case as it is, on that day and by those calendars; else by `work`, and kept."""
        known = self._known.get(case.reference)
        if known is None or not known.is_of(case, today, calendars):
            known = self._keep(_Known(case, today, calendars, work()))
        return known.worked_out

    def _keep(self, known: _Known[Worked]) -> _Known[Worked]:
        with self._one_at_a_time:
            self._known.pop(known.case.reference, None)
            if len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[known.case.reference] = known
        return known
