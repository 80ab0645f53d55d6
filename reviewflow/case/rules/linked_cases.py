"""What a `start` asks for: which process, and how the linked case is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from reviewflow.calendar import Calendars
from reviewflow.case.model.commands import Open
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import counted_from
from reviewflow.case.rules.timing.hours import anchor_moment
from reviewflow.language.model import Start
from reviewflow.language.phrases import parse_anchor
from reviewflow.language.structure.calendars import CHOSEN
from reviewflow.london import LONDON


def start_of(plan: Plan, item: str) -> Start | None:
    """The `start` of a step or of an ending; None where it has none."""
    ending = plan.definition.process.endings.get(item)
    if ending is not None:
        return ending.start
    step = plan.steps.get(step_of(item))
    return step.start if step else None


def unknown_days(plan: Plan, case: Case, ending: str, calendars: Calendars) -> Iterator[str]:
    """The days that are not known yet of those with which the case that an ending starts would open."""
    start = start_of(plan, ending)
    for text in start.dates.values() if start else ():
        if text != ending and counted_from(plan, case, parse_anchor(text), ending, calendars) is None:
            yield text


def opening_of(plan: Plan, case: Case, item: str, calendars: Calendars) -> tuple[str, Open]:
    """The process to open and the command that opens it; a date that is not known is left out.

    Raises TypeError when the item starts no case.
    """
    start = start_of(plan, item)
    if start is None:
        raise TypeError(f"{item} does not start a case.")
    days = {
        name: case.ended if text == case.ending else counted_from(plan, case, parse_anchor(text), item, calendars)
        for name, text in start.dates.items()
    }
    known_days = {name: day for name, day in days.items() if day is not None}
    agencies = case.agencies if start.agencies else ()
    calendar = case.calendar if start.calendar == CHOSEN else start.calendar or ""
    return start.process, Open(known_days, agencies, case.reference, _times(plan, case, start, item), calendar)


def _times(plan: Plan, case: Case, start: Start, item: str) -> dict[str, time]:
    """The times of day that are handed over; one that is not known is left out, and the opening then refused."""
    moments = {
        name: anchor_moment(plan, case, parse_anchor(text), key_of(item) if step_of(item) in plan.steps else "")
        for name, text in (start.times or {}).items()
    }
    return {name: moment.astimezone(LONDON).time() for name, moment in moments.items() if moment is not None}
