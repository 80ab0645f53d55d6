"""What an automatic `start` asks for: which process, and how the linked case is opened."""

from __future__ import annotations

from reviewflow.calendar import Calendars
from reviewflow.case.commands import Open
from reviewflow.case.dates import counted_from
from reviewflow.case.plan import Plan
from reviewflow.case.state import Case, step_of
from reviewflow.language.phrases import parse_anchor


def opening_of(plan: Plan, case: Case, item: str, calendars: Calendars) -> tuple[str, Open]:
    """The process to open and the command that opens it; a date that never came about is left out."""
    start = plan.steps[step_of(item)].start
    if start is None:
        raise TypeError(f"{item} does not start a case.")
    days = {name: counted_from(plan, case, parse_anchor(text), item, calendars) for name, text in start.dates.items()}
    known = {name: day for name, day in days.items() if day is not None}
    return start.process, Open(known, case.agencies if start.agencies else (), case.reference)
