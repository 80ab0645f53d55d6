"""Holds: what each stops, why, and when it is to be reviewed. No hold stops a time limit."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from reviewflow.calendar import OFFICE, Calendars, shift
from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of_process
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing


def no_hold_stops_a_limit(plan: Plan, item: str) -> bool:
    """Whether no hold can stop this item, because it is a time limit, which counts on whatever is on hold.

    A criminal trial delays publication, rarely the review: the Panel's 15 working days and the six months of Working
    Together 2026 (chapter 5) make no provision for a pause. `check` refuses a hold that names a limit.
    """
    return plan.is_limit(item)


def stopped_by(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The names of the holds in place that stop this item."""
    if not case.holds or no_hold_stops_a_limit(plan, item):
        return ()
    step = step_of(item)
    return tuple(name for name in case.holds if name in plan.holds and step in plan.holds[name].stops)


def why_stopped(plan: Plan, case: Case, item: str) -> str:
    """'Publication waits for a court (since Mon 1 Jun 2026: trial listed, asked for by the police)'."""
    return listing(f"{plan.holds[name].title} ({_since(case.holds[name])})" for name in stopped_by(plan, case, item))


def _since(placed: Placed) -> str:
    asked = f", asked for by {placed.requested_by}" if placed.requested_by else ""
    return f"since {day_words(placed.since)}: {placed.reason}{asked}"


def still_stopped(plan: Plan, case: Case, name: str) -> tuple[str, ...]:
    """The steps that a hold names and that are still to be done by some who owe them, in place or not."""
    return tuple(step for step in plan.holds[name].stops if _to_come(plan, case, step))


def already_settled(plan: Plan, case: Case, name: str) -> tuple[str, ...]:
    """The steps that a hold names and that nobody has to do any more."""
    return tuple(step for step in plan.holds[name].stops if not _to_come(plan, case, step))


def _to_come(plan: Plan, case: Case, step: str) -> bool:
    """Of a step of which it is not known yet who owes it: so it is too."""
    items = plan.items(step, case)
    return not items or any(not is_finished(case, item) for item in items)


def next_review_day(plan: Plan, case: Case, name: str, day: date, calendars: Calendars) -> date | None:
    """The day of the next review of a hold, counted from this one, or that on which it ends, where that is earlier.

    People review, so on a day on which the calendar has nobody at work it is the next one, as its reminder is. None
    when it has no rhythm of review, and no end of its own.
    """
    rhythm, ends = plan.holds[name].review, end_of_hold(plan, case, name, day, calendars)
    whole = days_of_process(plan, case, calendars)
    again = calendars[OFFICE].on_or_after(shift(day, rhythm, whole)) if rhythm else None
    return min((known for known in (again, ends) if known is not None), default=None)


def end_of_hold(plan: Plan, case: Case, name: str, day: date, calendars: Calendars) -> date | None:
    """The day on which a hold ends by itself; of one not in place counted from `day`. None where it does not."""
    longest = plan.holds[name].at_most
    since = case.holds[name].since if name in case.holds else day
    return shift(since, longest, days_of_process(plan, case, calendars)) if longest else None


def day_of_look(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    """The day on which a hold in place is looked at again; None where none is set, or it ends by itself on that day."""
    placed = case.holds[name]
    ends = end_of_hold(plan, case, name, placed.since, calendars) if name in plan.holds else None
    return placed.review if placed.review != ends else None


def day_of_reminder(case: Case, name: str, calendars: Calendars) -> date | None:
    """The day on which those named are next reminded of a hold in place: one on which letters go. None without one."""
    remind = case.holds[name].remind
    return calendars[OFFICE].on_or_after(remind) if remind else None


def next_review(plan: Plan, case: Case, name: str, calendars: Calendars, send_at: time) -> datetime | None:
    """The moment, in UTC, at which those named are next reminded to review a hold; None when they are not."""
    if name not in case.holds or case.status is not CaseStatus.OPEN or name not in plan.holds:
        return None
    day = day_of_reminder(case, name, calendars)
    if day is None:
        return None
    return datetime.combine(day, send_at, LONDON).astimezone(UTC)
