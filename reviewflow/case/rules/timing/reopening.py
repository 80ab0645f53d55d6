"""Until when something may be reopened by hand, where the process says so."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendars, shift
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of, days_of_process
from reviewflow.language.structure.extensions import reopenings_of
from reviewflow.text import day_words


def last_day_to_reopen(plan: Plan, case: Case, item: str, step: str, calendars: Calendars) -> tuple[date, date] | None:
    """The day from which it is counted and the last day; None where the process sets none, or it does not run yet.

    Of the ending: since the case is over, in the days of the process. Else since the work was done, in its own days.
    """
    rule = reopenings_of(plan.definition.process, step)
    if rule is None or rule.within is None:
        return None
    since = _ended(case) if rule.within.of_the_ending else case.items[item].done
    days = days_of_process(plan, case, calendars) if rule.within.of_the_ending else days_of(plan, case, item, calendars)
    return (since, shift(since, rule.within.span, days)) if since is not None else None


def too_late_to_reopen(plan: Plan, case: Case, item: str, step: str, today: date, calendars: Calendars) -> str:
    """Why it cannot be reopened any more, in words; '' while it can."""
    known, rule = last_day_to_reopen(plan, case, item, step, calendars), reopenings_of(plan.definition.process, step)
    if known is None or rule is None or today <= known[1]:
        return ""
    since, last = known
    return f"it may be within {rule.within} ({day_words(since)}), so until {day_words(last)}"


def _ended(case: Case) -> date | None:
    """The day on which the case ended; of one in which everything was settled, that of the last thing done in it."""
    if case.status is CaseStatus.CLOSED:
        return max((state.done for state in case.items.values() if state.done), default=None)
    return case.ended if case.status is CaseStatus.ENDED else None
