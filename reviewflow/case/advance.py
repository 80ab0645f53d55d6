"""Commands decided: the events that each leads to in a case. Pure: time and calendars are arguments, ids are given."""

from __future__ import annotations

from datetime import datetime

from reviewflow.calendar import CalendarHorizonError, Calendars
from reviewflow.case.apply import opened
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.opening import opening_problems, time_problems
from reviewflow.case.handlers.table import HANDLERS
from reviewflow.case.handlers.vouching import vouch
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.propagate import propagate
from reviewflow.case.propagation.told.after_all import tell_what_comes_after_all
from reviewflow.case.propagation.told.early_ends import tell_of_an_early_end, tell_that_it_goes_on
from reviewflow.case.propagation.told.moved_days import tell_moved_days
from reviewflow.case.propagation.told.moved_meetings import tell_moved_meetings
from reviewflow.case.propagation.told.no_longer_asked import tell_what_comes_no_more, tell_what_is_asked_no_more
from reviewflow.case.rules import edition
from reviewflow.case.rules.answers.screening import refuse_identifying
from reviewflow.case.rules.over import over
from reviewflow.london import london_day


def begin(
    plan: Plan,
    command: c.Open,
    reference: str,
    *,
    now: datetime,
    calendars: Calendars,
    brought_in: e.BroughtIn | None = None,
) -> list[e.Event]:
    """The events that open a case under `reference`, `Opened` first, with all that follows from it at once.

    `brought_in` is given for a case that ran elsewhere. Raises Refused with everything that is missing or wrong, not
    only the first.
    """
    try:
        return _begin(plan, command, reference, now, calendars, brought_in)
    except CalendarHorizonError as error:
        raise _beyond(error) from error


def _beyond(error: CalendarHorizonError) -> Refused:
    return Refused([str(error)], "Nothing was changed.")


def _begin(
    plan: Plan, command: c.Open, reference: str, now: datetime, calendars: Calendars, brought_in: e.BroughtIn | None
) -> list[e.Event]:
    today = london_day(now)
    refuse_identifying(command)
    wrong = [*opening_problems(plan, command, today, calendars), *time_problems(plan, command, now)]
    if wrong:
        raise Refused(wrong, "Nothing was opened. Correct this and open the case again.")
    process = plan.definition.process
    event = e.Opened(
        process.process,
        process.version,
        plan.definition.hash,
        today,
        command.dates,
        command.agencies,
        command.origin,
        command.times,
        edition.CURRENT,
        command.calendar,
    )
    draft = Draft(plan, opened(reference, event), now=now, calendars=calendars)
    draft.before = None
    draft.events.append(event)
    if brought_in is not None:
        draft.emit(brought_in)
    propagate(draft)
    return draft.events


def advance(plan: Plan, case: Case, command: c.Command, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """The events that a command leads to, in order; none when nothing changes.

    Raises Refused when the rules do not allow it, or when a day lies beyond what the calendars cover.
    """
    return work_out(plan, case, command, now=now, calendars=calendars).events


def work_out(
    plan: Plan, case: Case, command: c.Command, *, now: datetime, calendars: Calendars, vouched: str = ""
) -> Draft:
    """As `advance`, and the case as it is after those events: both stand in the draft. Raises Refused.

    `vouched` is why a text that would be refused could identify nobody; it stands in the history before what it let in.
    """
    handler, draft = HANDLERS[type(command)], Draft(plan, case, now=now, calendars=calendars, vouched=vouched)
    if case.status is not CaseStatus.OPEN and not handler.when_over:
        raise over(plan, case)
    vouch(draft, command) if vouched else refuse_identifying(command)
    try:
        handler.run(draft, command)
        if handler.propagates and draft.events and draft.case.status not in CUT_SHORT:
            propagate(draft)
        tell_moved_meetings(draft)
        tell_moved_days(draft)
        tell_what_is_asked_no_more(draft)
        tell_what_comes_no_more(draft)
        tell_of_an_early_end(draft)
        tell_what_comes_after_all(draft)
        tell_that_it_goes_on(draft)
    except CalendarHorizonError as error:
        raise _beyond(error) from error
    return draft
