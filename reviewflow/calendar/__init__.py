"""Days, working days and months, counted as English law counts time.

The day of the event is not counted: it is day 0, working day or not, and day 1 is the next (working) day (the general
rule; CPR 2.8 follows it). Months are calendar months: the same day of a later month, or its last day where there is no
such day (Interpretation Act 1978, Schedule 1; Dodds v Walker). A working day is any but Saturday, Sunday, Christmas
Day, Good Friday and the bank holidays of the calendar that is counted in (Banking and Financial Dealings Act 1971):
neither Working Together nor the Panel's guidance defines one.
"""

from __future__ import annotations

from reviewflow.calendar.counting import Landing, due_on, shift
from reviewflow.calendar.explanation import explain
from reviewflow.calendar.named_days import Month, NamedDay
from reviewflow.calendar.spans import Span, Unit
from reviewflow.calendar.working_days import (
    OFFICE,
    PUBLISHED,
    WEEKEND,
    WORKING_DAYS,
    Calendar,
    CalendarHorizonError,
    Calendars,
    in_words,
)

__all__ = [
    "OFFICE",
    "PUBLISHED",
    "WEEKEND",
    "WORKING_DAYS",
    "Calendar",
    "CalendarHorizonError",
    "Calendars",
    "Landing",
    "Month",
    "NamedDay",
    "Span",
    "Unit",
    "due_on",
    "explain",
    "in_words",
    "shift",
]
