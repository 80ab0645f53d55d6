"""Planned dates of a case: set or moved by people, by answers and by automatic steps."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.due_days import recount
from reviewflow.case.propagation.late_warnings import look_ahead
from reviewflow.case.propagation.set_dates import known_day, move
from reviewflow.case.rules.input_checks import far_day_problems, first_day, read_reason
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing


def recount_days(draft: Draft, command: c.Recount) -> None:
    """Count all open due days anew, because the calendar changed."""
    recount(draft, command.because)
    look_ahead(draft)


def set_date(draft: Draft, command: c.SetDate) -> None:
    """Move a planned date; raises Refused for one that says what has happened, or a day that cannot be."""
    plan, calendars = draft.plan, draft.calendars
    case, name, reason = draft.case, command.name, read_reason(command.reason)
    if name not in plan.dates:
        raise _no_such_date(plan, case, name)
    if command.to == case.dates.get(name):
        raise Refused([f'"{name}" is already set to {day_words(command.to)}.'], "Nothing was changed.")
    wrong = [*far_day_problems(command.to, draft.today, calendars)]
    if command.to < first_day(plan, case):
        wrong.append(f"{day_words(command.to)} is before the case began ({day_words(first_day(plan, case))}).")
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    move(draft, e.DateSet(name, command.to, known_day(plan, case, name, calendars), reason))


def _no_such_date(plan: Plan, case: Case, name: str) -> Refused:
    possible = f"These can be set: {listing(plan.dates, none='none')}."
    if name in case.dates:
        message = f'"{name}" says what has happened, so it is not moved. If it was recorded wrongly, correct it.'
        return Refused([message], possible)
    return Refused([f'"{name}" is not a date of {case.reference}.{suggestion(name, plan.dates)}'], possible)
