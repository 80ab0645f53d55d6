"""From which day a round counts: the first of all, or that on which the one before was done; and how long after."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendar, Calendars, Span, due_on, shift
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.rounds.repeats import rounds_behind
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.language.phrases import Rhythm


def counts_from_done(plan: Plan, item: str) -> bool:
    """Whether each round of an item counts from when the one before was done: 6 weeks after it was done."""
    rhythm = plan.steps[step_of(item)].repeats
    return rhythm is not None and rhythm.after_done


def day_after(plan: Plan, case: Case, item: str, since: date, calendars: Calendars) -> date:
    """The due day of the round that counts from the day `since`."""
    step = plan.steps[step_of(item)]
    length = step.repeats.before_round(rounds_behind(case, item)) if step.repeats is not None else None
    return due_on(since, length, days_of(plan, case, item, calendars), landing=step.on_a_working_day)


def day_before(rhythm: Rhythm, first: date, turn: int, calendar: Calendar) -> tuple[date, Span]:
    """The day from which a round in a rhythm counts, so many after the first, and how long after it that is due."""
    *before, last = rhythm.leading_to(turn)
    for length in before:
        first = shift(first, length, calendar)
    return first, last
