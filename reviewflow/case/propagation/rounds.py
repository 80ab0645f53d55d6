"""The next round of a step that repeats."""

from __future__ import annotations

from datetime import date
from itertools import count

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.repeats import is_repeating, rounds_over
from reviewflow.case.rules.timing.due_dates import turn_day


def next_rounds(draft: Draft, step: str) -> None:
    """Open the next round of items that were done or skipped, unless the rounds are over."""
    plan, calendars = draft.plan, draft.calendars
    if not is_repeating(plan, step) or rounds_over(plan, draft.case, step):
        return
    for item in plan.items(step, draft.case):
        state = draft.case.items.get(item)
        if state is not None and state.status in {Status.DONE, Status.SKIPPED} and state.done is not None:
            turn = _next_turn(plan, draft.case, item, state.turn, state.done, calendars)
            due = turn_day(plan, draft.case, item, turn, calendars)
            draft.emit(e.RoundOpened(item, turn, draft.today, due))


def _next_turn(plan: Plan, case: Case, item: str, last: int, done: date, calendars: Calendars) -> int:
    """The next round whose day comes after this one was done: rounds that were missed are not caught up."""
    days = ((turn, turn_day(plan, case, item, turn, calendars)) for turn in count(last + 1))
    return next(turn for turn, day in days if day is None or day > done)
