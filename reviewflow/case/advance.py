"""The heart: what a command makes of a case. Pure: no clock, no database, no ids; time and calendars are arguments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from reviewflow.calendar import CalendarHorizonError, Calendars
from reviewflow.case.apply import opened
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.agency_mergers import merge_agencies
from reviewflow.case.handlers.breaches import explain_breach
from reviewflow.case.handlers.case_dates import set_date
from reviewflow.case.handlers.case_details import add_agency, correct, record_started, remove_agency
from reviewflow.case.handlers.chasing import chase, chase_by_hand
from reviewflow.case.handlers.endings import end, end_by_answers
from reviewflow.case.handlers.extensions import extend
from reviewflow.case.handlers.holds import hold, refuse_held, release, remind
from reviewflow.case.handlers.legal_holds import keep_until, lift_legal_hold, place_legal_hold
from reviewflow.case.handlers.links import join, link, unlink
from reviewflow.case.handlers.migration import migrate
from reviewflow.case.handlers.opening import opening_problems, time_problems
from reviewflow.case.handlers.optional_steps import open_step
from reviewflow.case.handlers.responses import put_off, refuse_chase, respond
from reviewflow.case.handlers.work import complete, reopen, skip
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.due_days import recount
from reviewflow.case.propagation.late_warnings import look_ahead
from reviewflow.case.propagation.propagate import propagate
from reviewflow.case.rules.holds import REVIEW
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.london import LONDON, london_day

Posting = c.RecordUndelivered | c.RecordDelayed | c.RecordWentAfterAll
Keeping = c.PlaceLegalHold | c.LiftLegalHold | c.KeepUntil
Answering = c.ChaseByHand | c.Respond | c.Snooze | c.Resume
ALWAYS = (
    c.Reopen,
    c.CorrectDate,
    c.Recount,
    c.RecordStarted,
    c.RecordUndelivered,
    c.RecordDelayed,
    c.RecordWentAfterAll,
    c.Chase,
    c.RecordBreach,
    c.LookAhead,
    c.PlaceLegalHold,
    c.LiftLegalHold,
    c.KeepUntil,
)
"""Commands that a case that is over still takes: facts about it may yet be put right, and the sweep may come late."""


def begin(plan: Plan, command: c.Open, reference: str, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """The events that open a case; raises Refused with everything that is missing."""
    try:
        return _begin(plan, command, reference, now, calendars)
    except CalendarHorizonError as error:
        raise _beyond(error) from error


def _beyond(error: CalendarHorizonError) -> Refused:
    return Refused([str(error)], "Nothing was changed.")


def _begin(plan: Plan, command: c.Open, reference: str, now: datetime, calendars: Calendars) -> list[e.Event]:
    today = london_day(now)
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
    )
    draft = Draft(opened(reference, event))
    draft.events.append(event)
    propagate(plan, draft, today, calendars)
    return draft.events


def advance(plan: Plan, case: Case, command: c.Command, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """The events that the command leads to, in order; raises Refused and changes nothing when it cannot be."""
    return work_out(plan, case, command, now=now, calendars=calendars).events


def work_out(plan: Plan, case: Case, command: c.Command, *, now: datetime, calendars: Calendars) -> Draft:
    """What `advance` answers, with the case as it is after those events."""
    draft = Draft(case)
    if case.status is not CaseStatus.OPEN and not isinstance(command, ALWAYS):
        raise _over(plan, case)
    try:
        if isinstance(command, c.Chase) and command.item.startswith(REVIEW):
            remind(plan, draft, command, now=now, calendars=calendars)
        elif isinstance(command, c.Chase) and is_wait(plan, command.item):
            if case.status is CaseStatus.OPEN:
                propagate(plan, draft, london_day(now), calendars)
        elif isinstance(command, Posting):
            draft.emit(_posted(command))
        elif isinstance(command, c.LookAhead):
            if case.status not in CUT_SHORT:
                look_ahead(plan, draft, london_day(now), calendars)
        elif isinstance(command, Keeping):
            _keep(draft, command, london_day(now))
        elif isinstance(command, Answering):
            _answer(plan, draft, command, now, calendars)
        elif isinstance(command, c.Chase):
            for event in chase(plan, case, command, now=now, calendars=calendars):
                draft.emit(event)
                if isinstance(event, e.AgreedBySilence):
                    propagate(plan, draft, london_day(now), calendars)
        else:
            _decide(plan, draft, _at_once(command, now), london_day(now), calendars)
    except CalendarHorizonError as error:
        raise _beyond(error) from error
    return draft


def _posted(command: Posting) -> e.Event:
    about = (command.item, command.message, command.to)
    match command:
        case c.RecordUndelivered():
            return e.Undelivered(*about, command.why, command.instead, command.told)
        case c.RecordDelayed():
            return e.Delayed(*about, command.why)
        case c.RecordWentAfterAll():
            return e.DeliveryRecovered(*about, command.tries)


def _keep(draft: Draft, command: Keeping, today: date) -> None:
    """What is kept changes nothing in the review."""
    match command:
        case c.PlaceLegalHold():
            place_legal_hold(draft, command, today)
        case c.LiftLegalHold():
            lift_legal_hold(draft, command, today)
        case c.KeepUntil():
            keep_until(draft, command, today)


def _answer(plan: Plan, draft: Draft, command: Answering, now: datetime, calendars: Calendars) -> None:
    """What changes who is chased, and nothing that is owed."""
    match command:
        case c.Respond():
            respond(plan, draft, command, now=now, calendars=calendars)
        case c.Snooze() | c.Resume():
            put_off(plan, draft, command, london_day(now), calendars)
        case c.ChaseByHand(item):
            refuse_held(plan, draft.case, item)
            refuse_chase(plan, draft.case, item, london_day(now))
            draft.emit(chase_by_hand(plan, draft.case, item, now=now, calendars=calendars))


def _over(plan: Plan, case: Case) -> Refused:
    how = f" ({plan.definition.title(case.ending)})" if case.ending else ""
    converted = case.links.get(case.ending)
    possible = "To go on, reopen a step."
    if case.status is CaseStatus.WITHDRAWN or converted:
        possible = f"It goes on as {converted}." if converted else "Its history can be read."
    return Refused([f"{case.reference} is {case.status}{how}; nothing is owed in it any more."], possible)


def _at_once(command: Decided, now: datetime) -> Decided:
    """What is said to be done without a day was done now."""
    if isinstance(command, c.Complete) and command.on is None and command.at is None:
        return replace(command, at=now.astimezone(LONDON).time().replace(microsecond=0))
    return command


Decided = (
    c.Open
    | c.Complete
    | c.Reopen
    | c.Skip
    | c.OpenStep
    | c.CorrectDate
    | c.SetDate
    | c.Extend
    | c.RecordBreach
    | c.Link
    | c.Unlink
    | c.Join
    | c.Hold
    | c.Release
    | c.AddAgency
    | c.RemoveAgency
    | c.MergeAgencies
    | c.Withdraw
    | c.End
    | c.RecordStarted
    | c.Recount
    | c.Migrate
)


def _decide(plan: Plan, draft: Draft, command: Decided, today: date, calendars: Calendars) -> None:
    match command:
        case c.Open():
            raise Refused([f"{draft.case.reference} is already open."])
        case c.Complete():
            complete(plan, draft, command, today, calendars)
            end_by_answers(plan, draft, today, calendars)
        case c.Reopen():
            reopen(plan, draft, command)
        case c.Skip():
            skip(plan, draft, command, today)
        case c.OpenStep():
            open_step(plan, draft, command, today)
        case c.CorrectDate():
            correct(plan, draft, command, today, calendars)
        case c.SetDate():
            set_date(plan, draft, command, today, calendars)
        case c.Extend():
            extend(plan, draft, command, today, calendars)
        case c.RecordBreach():
            explain_breach(plan, draft, command, today)
        case c.Link():
            link(plan, draft, command, today, calendars)
        case c.Unlink():
            unlink(plan, draft, command, today, calendars)
        case c.Join():
            join(plan, draft, command, today, calendars)
        case c.Hold():
            hold(plan, draft, command, today, calendars)
        case c.Release():
            release(plan, draft, command, today, calendars)
        case c.AddAgency() | c.RemoveAgency() | c.MergeAgencies():
            _take_part(plan, draft, command)
        case c.Withdraw():
            draft.emit(e.CaseWithdrawn(read_reason(command.reason)))
            return
        case c.End():
            end(plan, draft, command, today, calendars)
        case c.RecordStarted():
            record_started(plan, draft, command, today)
        case c.Recount():
            recount(plan, draft, calendars, command.because)
            look_ahead(plan, draft, today, calendars)
            return
        case c.Migrate():
            migrate(plan, draft, command, calendars)
        case _:
            assert_never(command)
    if draft.events and draft.case.status not in CUT_SHORT:
        propagate(plan, draft, today, calendars)


def _take_part(plan: Plan, draft: Draft, command: c.AddAgency | c.RemoveAgency | c.MergeAgencies) -> None:
    match command:
        case c.AddAgency():
            add_agency(plan, draft, command)
        case c.RemoveAgency():
            remove_agency(plan, draft, command)
        case c.MergeAgencies():
            merge_agencies(plan, draft, command)
