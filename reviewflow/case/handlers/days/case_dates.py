"""Planned dates of a case: set or moved by people, by answers and by automatic steps; the calendar chosen for it."""

from __future__ import annotations

from dataclasses import replace

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.opening import calendar_problems
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.due_days import recount
from reviewflow.case.propagation.late_warnings import tell_what_happened
from reviewflow.case.propagation.set_dates import known_day, move
from reviewflow.case.rules.input_checks import far_day_problems, first_day, read_reason
from reviewflow.case.rules.timing.kept_days import kept_days
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing


def recount_days(draft: Draft, command: c.Recount) -> None:
    """Count all open due days anew, because the calendar changed."""
    recount(draft, command.because)
    tell_what_happened(draft)


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


def correct_calendar(draft: Draft, command: c.CorrectCalendar) -> None:
    """Count the days of the case in another of the calendars that its process offers; raises Refused."""
    plan, case = draft.plan, draft.case
    wanted, reason = command.calendar, read_reason(command.reason)
    if plan.definition.process.opening.calendar is None:
        raise Refused(["No calendar is chosen for this process."], "Nothing was changed.")
    if wrong := list(calendar_problems(plan, wanted)):
        raise Refused(wrong, "Nothing was changed.")
    if wanted == case.calendar:
        raise Refused([f'Its days are counted in "{wanted}" already.'], "Nothing was changed.")
    stayed = kept_days(plan, case, replace(case, calendar=wanted), draft.calendars)
    draft.emit(e.CalendarCorrected(case.calendar, wanted, reason, stayed))


def _no_such_date(plan: Plan, case: Case, name: str) -> Refused:
    possible = f"These can be set: {listing(plan.dates, none='none')}."
    if name in case.dates:
        message = f'"{name}" says what has happened, so it is not moved. If it was recorded wrongly, correct it.'
        return Refused([message], possible)
    return Refused([f'"{name}" is not a date of {case.reference}.{suggestion(name, plan.dates)}'], possible)
