"""Endings by time alone: when a day has passed and something that was asked for has not come.

The project's own rule, as for silence: nothing is concluded from a day before the request left the building.
"""

from __future__ import annotations

from datetime import date, datetime

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.case.rules.timing.silence import end_of, working_days_late


def awaited(plan: Plan, case: Case, ending: str) -> tuple[str, ...]:
    """The items of which one that is settled keeps the case from ending so; none where time does not end it."""
    rule = plan.definition.process.endings.get(ending)
    if rule is None or rule.after is None:
        return ()
    return tuple(item for step in rule.unless for item in plan.items(step, case))


def day_of_ending(plan: Plan, case: Case, ending: str, calendars: Calendars) -> date | None:
    """The day by which something was to come; None where its rule gives none yet.

    It moves on with what is awaited: by as many days as that was extended, held, or asked for late, counted in the
    calendar of what is awaited.
    """
    items = awaited(plan, case, ending)
    rule = plan.definition.process.endings[ending].after if items else None
    day = rule_day(plan, case, rule, step_of(items[0]), "", calendars) if items else None
    if day is None:
        return None
    later = max(_moved_by(plan, case, item, calendars) for item in items)
    return days_of(plan, case, items[0], calendars).add_working_days(day, later) if later else day


def _moved_by(plan: Plan, case: Case, item: str, calendars: Calendars) -> int:
    """How many days of its calendar an item is due later than at first, and was asked for later than it was opened."""
    state = case.items.get(item)
    if state is None:
        return 0
    calendar = days_of(plan, case, item, calendars)
    given = calendar.working_days_between(state.original, state.due) if state.original and state.due else 0
    late = working_days_late(plan, case, item, state, state.asked, calendars) if state.asked else 0
    return max(given, 0) + (late if late > 1 else 0)


def time_ends(plan: Plan, case: Case, ending: str, calendars: Calendars) -> datetime | None:
    """The moment, in UTC, at which time alone ends a case: the end of the last day. None where it does not, or not yet.

    It does not while what is awaited has not begun, is held, is done in another case, or waits for the office to
    decide; nor until a request for it, where a message asks for it, has left the building; nor where it began after the
    last day.
    """
    items, day = awaited(plan, case, ending), day_of_ending(plan, case, ending, calendars)
    if case.status is not CaseStatus.OPEN or case.closing or day is None:
        return None
    if any(is_finished(case, item) or not _is_awaited(plan, case, item, day) for item in items):
        return None
    return end_of(day)


def _is_awaited(plan: Plan, case: Case, item: str, day: date) -> bool:
    state = case.items.get(item)
    if state is None or state.status is not Status.OPEN or state.to_decide or stopped_by(plan, case, item):
        return False
    if leader_of(plan, case, item):
        return False
    if plan.requests[step_of(item)] and state.asked is None:
        return False
    return state.opened is None or state.opened <= day
