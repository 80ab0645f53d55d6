"""How an item looks today, in the words of the case page, the Prefect view and the figures."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import CUT_SHORT, FINISHED, Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.structure.silence import AGREED
from reviewflow.london import in_london

SOON = 2
"""How many days before its day an item is due soon, counted as the item is."""


class Standing(StrEnum):
    NOT_YET = "Not yet"
    OPEN = "Waiting"
    DUE_SOON = "Due soon"
    OVERDUE = "Overdue"
    EXPECTED = "Expected"
    NOT_COME = "Not come yet"
    ON_HOLD = "Held"
    DONE = "Done"
    DONE_LATE = "Done late"
    DISSENT = "Dissent"
    LATE = "Answered late"
    IN_TIME = "Answered in time"
    LATE_DISSENT = "Late dissent"
    AGREED = "Agreed by silence"
    SILENT = "No answer came"
    SKIPPED = "Skipped"
    NOT_NEEDED = "Not needed"
    NO_MORE = "Not needed any more"


def item_standing(plan: Plan, case: Case, item: str, now: datetime, calendars: Calendars) -> Standing:
    """How an item looks in its case; its holds, whom it waits for and how it was answered count too."""
    local = in_london(now)
    today, clock, calendar = local.date(), local.time(), days_of(plan, case, item, calendars)
    state, step = case.items.get(item), plan.steps.get(step_of(item))
    if state is not None and state.late is not None and _is_settled(case, state):
        return _of_kept_answer(case, state, state.late)
    if case.status in CUT_SHORT and (state is None or is_unfinished(state)):
        return Standing.NO_MORE if state is not None and comes_no_more(case, state) else Standing.NOT_NEEDED
    if state is not None and comes_no_more(case, state):
        return Standing.NO_MORE
    if state is not None and state.status is Status.DONE and state.manner is not Manner.ANSWERED:
        return _not_answered_for(state)
    if state is not None and state.status is Status.OPEN and stopped_by(plan, case, item):
        return Standing.ON_HOLD
    if state is not None and state.status is Status.OPEN and leader_of(plan, case, item):
        return Standing.OPEN
    if state is not None and step is not None and step.waits_for:
        return _expected(state, today, calendar)
    if state is not None and step is not None and step.wait is not None:
        return standing_of(replace(state, due=None), today, calendar)
    return standing_of(state, today, calendar, clock=clock)


def comes_no_more(case: Case, state: Item) -> bool:
    """Whether a step that came again is not needed any more: rounds of it were done, and the one that was owed was not.

    What is still open in a case that is over counts too: nothing of it is needed.
    """
    fell = state.status is Status.NOT_NEEDED or (case.status in CUT_SHORT and is_unfinished(state))
    return state.status is Status.NO_MORE or (fell and (state.done is not None or bool(state.times)))


def is_unfinished(state: Item) -> bool:
    """Whether it is owed, or still to come."""
    return state.status in {Status.PENDING, Status.OPEN}


def _of_kept_answer(case: Case, state: Item, given: date) -> Standing:
    """Of an answer that was recorded after it was settled without it; in time where it was given by its day.

    It changes nothing: the case is over. Where enough of the others agreed, what came after that is late.
    """
    if state.late_dissent:
        return Standing.LATE_DISSENT
    last = state.done if state.status is Status.DONE else state.due
    return (
        Standing.IN_TIME
        if case.status in CUT_SHORT and state.status is not Status.NOT_NEEDED and last is not None and given <= last
        else Standing.LATE
    )


def nobody_is_late(plan: Plan, case: Case, item: str) -> bool:
    """Whether an open item is late on no day: held, done in another case, for others to answer, or done by its day."""
    step = plan.steps.get(step_of(item))
    return bool(stopped_by(plan, case, item) or leader_of(plan, case, item)) or (
        step is not None and bool(step.waits_for or step.wait)
    )


def _not_answered_for(state: Item) -> Standing:
    """Of what was done, but not by an answer that agrees: dissent, or silence with the meaning that it had."""
    if state.manner is Manner.DISSENT:
        return Standing.DISSENT
    return Standing.AGREED if state.counted_as in {"", AGREED} else Standing.SILENT


def _is_settled(case: Case, state: Item) -> bool:
    """Whether an item is owed no more, or its case is over."""
    return state.status in FINISHED or case.status in CUT_SHORT


def _expected(state: Item, today: date, calendar: Calendar) -> Standing:
    """What others are to answer is never overdue, because nobody here owes it."""
    if state.status is Status.OPEN:
        return Standing.NOT_COME if state.due and state.due < today else Standing.EXPECTED
    return Standing.DONE if state.status is Status.DONE else standing_of(state, today, calendar)


def standing_of(item: Item | None, today: date, calendar: Calendar, *, clock: time | None = None) -> Standing:
    """A due date is a day; it is late when that day has ended or, where hours are counted, that moment has passed."""
    if item is None:
        return Standing.NOT_YET
    match item.status:
        case Status.PENDING:
            return Standing.NOT_YET
        case Status.OPEN:
            late = item.due is not None and is_over(item.due, item.by, today, clock)
            return Standing.OVERDUE if late else _open(item.due, today, calendar)
        case Status.DONE:
            late = item.due is not None and item.done is not None and is_over(item.due, item.by, item.done, item.at)
            return Standing.DONE_LATE if late else Standing.DONE
        case Status.SKIPPED:
            return Standing.SKIPPED
        case Status.NOT_NEEDED | Status.WITHDRAWN:
            return Standing.NOT_NEEDED
        case Status.NO_MORE:
            return Standing.NO_MORE


def _open(due: date | None, today: date, calendar: Calendar) -> Standing:
    if due is None:
        return Standing.OPEN
    return Standing.DUE_SOON if calendar.working_days_between(today, due) <= SOON else Standing.OPEN


def how_far(plan: Plan, item: str, due: date, today: date, calendar: Calendar) -> str:
    """How far away a due day is: '2 working days left', or 'expected in 2 working days' of others."""
    step = plan.steps.get(step_of(item))
    if step is None or not step.waits_for:
        return distance(due, today, calendar)
    days = calendar.in_days(max(abs(calendar.working_days_between(today, due)), 1))
    return "expected today" if due == today else f"expected in {days}" if due > today else f"expected {days} ago"


def distance(due: date, today: date, calendar: Calendar) -> str:
    """How far away a due day is: '2 working days left', 'due today', '3 school days overdue'."""
    days = calendar.working_days_between(today, due)
    if due == today:
        return "due today"
    if due > today:
        return f"{calendar.in_days(max(days, 1))} left"
    return f"{calendar.in_days(max(-days, 1))} overdue"
