"""The heart: what a command makes of a case. Pure: no clock, no database, no ids; time and calendars are arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from reviewflow.calendar import CalendarHorizonError, Calendars
from reviewflow.case import commands as c
from reviewflow.case import events as e
from reviewflow.case.answers import NOTE_LENGTH, completing_day, plain_text, read_answers
from reviewflow.case.apply import is_open, opened
from reviewflow.case.chasing import chase
from reviewflow.case.dates import rule_day
from reviewflow.case.holds import holds_here
from reviewflow.case.plan import AGENCY, OFFICE, Plan
from reviewflow.case.refusal import Refused
from reviewflow.case.sendback import affected, targets
from reviewflow.case.settle import Draft, meet_anew, recipients, recount, settle
from reviewflow.case.state import Answers, Case, CaseStatus, Status, item_id, key_of, step_of
from reviewflow.case.words import day_words, possible_items, still_to_do
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.phrases import AtLeast
from reviewflow.language.problem import listing, suggestion

LONDON = ZoneInfo("Europe/London")
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
FARTHEST = 10
"""Years ahead that a form may name a day."""
ALWAYS = (c.Reopen, c.CorrectDate, c.Recount, c.RecordStarted, c.Chase)
"""Commands that a case that is over still takes: facts about it may yet be put right, and the sweep may come late."""


def london_day(now: datetime) -> date:
    """The day it is in London: a notification sent at 23:30 BST belongs to that day."""
    return now.astimezone(LONDON).date()


def begin(plan: Plan, command: c.Open, reference: str, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """The events that open a case; raises Refused with everything that is missing."""
    try:
        return _begin(plan, command, reference, london_day(now), calendars)
    except CalendarHorizonError as error:
        raise _beyond(error) from error


def _beyond(error: CalendarHorizonError) -> Refused:
    return Refused([str(error)], "Nothing was changed.")


def _begin(plan: Plan, command: c.Open, reference: str, today: date, calendars: Calendars) -> list[e.Event]:
    wrong = [*_opening_dates(plan, command, today, calendars), *_opening_agencies(plan, command.agencies)]
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
    )
    draft = Draft(opened(reference, event))
    draft.events.append(event)
    settle(plan, draft, today, calendars)
    return draft.events


def _opening_dates(plan: Plan, command: c.Open, today: date, calendars: Calendars) -> Iterable[str]:
    asked = plan.definition.process.opening.dates
    for name, label in asked.items():
        if name not in command.dates:
            yield f'The date "{name}" is missing: {label}.'
        else:
            yield from (f"{name}: {each}" for each in _not_yet_or_long_ago(command.dates[name], today, calendars))
    for name in command.dates:
        if name not in asked:
            yield f'"{name}" is not asked when this process opens.{suggestion(name, asked)} It asks: {listing(asked)}.'


def _not_yet_or_long_ago(day: date, today: date, calendars: Calendars) -> Iterable[str]:
    if day > today:
        yield f"{day_words(day)} has not come yet (today is {day_words(today)})."
    elif not calendars[OFFICE].covers(day):
        yield f"{day_words(day)} is too long ago to be counted from. Look at the year."


def _opening_agencies(plan: Plan, agencies: Sequence[str]) -> Iterable[str]:
    needed = plan.definition.process.opening.agencies
    if needed is None and agencies:
        yield "No agencies take part in this process. Open it without agencies."
    if needed is not None and len(agencies) < needed.number:
        yield f"This process needs {_agencies(needed)}; {len(agencies)} given."
    for name in sorted({each for each in agencies if list(agencies).count(each) > 1}):
        yield f'"{name}" is named twice.'
    yield from (_no_name(each) for each in agencies if not NAME.fullmatch(each))


def _agencies(needed: AtLeast) -> str:
    return f"{needed} {'agency' if needed.number == 1 else 'agencies'}"


def _no_name(agency: str) -> str:
    return f'"{plain_text(agency)}" is not the name of an agency. Names look like: hospital_trust.'


def advance(plan: Plan, case: Case, command: c.Command, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """The events that the command leads to, in order; raises Refused and changes nothing when it cannot be."""
    if case.status is not CaseStatus.OPEN and not isinstance(command, ALWAYS):
        possible = "Its history can be read." if case.status is CaseStatus.WITHDRAWN else "To go on, reopen a step."
        raise Refused([f"{case.reference} is {case.status}; nothing is owed in it any more."], possible)
    try:
        if isinstance(command, c.Chase):
            return chase(plan, case, command, now=now, calendars=calendars)
        return _decide(plan, Draft(case), command, london_day(now), calendars)
    except CalendarHorizonError as error:
        raise _beyond(error) from error


Decided = (
    c.Open
    | c.Complete
    | c.Reopen
    | c.Skip
    | c.CorrectDate
    | c.AddAgency
    | c.RemoveAgency
    | c.Withdraw
    | c.RecordStarted
    | c.Recount
)


def _decide(plan: Plan, draft: Draft, command: Decided, today: date, calendars: Calendars) -> list[e.Event]:
    match command:
        case c.Open():
            raise Refused([f"{draft.case.reference} is already open."])
        case c.Complete():
            _complete(plan, draft, command, today, calendars)
        case c.Reopen():
            _reopen(plan, draft, command)
        case c.Skip():
            _skip(plan, draft, command, today)
        case c.CorrectDate():
            _correct(plan, draft, command, today, calendars)
        case c.AddAgency():
            _add_agency(plan, draft, command)
        case c.RemoveAgency():
            _remove_agency(plan, draft, command)
        case c.Withdraw():
            draft.emit(e.CaseWithdrawn(_reason(command.reason)))
            return draft.events
        case c.RecordStarted():
            _record_started(plan, draft, command, today)
        case c.Recount():
            recount(plan, draft, calendars, command.because)
            return draft.events
        case _:
            assert_never(command)
    if draft.events and draft.case.status is not CaseStatus.WITHDRAWN:
        settle(plan, draft, today, calendars)
    return draft.events


def _reason(text: str) -> str:
    reason = plain_text(text)
    if not reason:
        raise Refused(["A reason is needed: it stands in the history."], "Say why, in words that name nobody.")
    if len(reason) > NOTE_LENGTH:
        raise Refused([f"The reason has {len(reason)} characters; at most {NOTE_LENGTH} fit."], "Say it shorter.")
    return reason


def _owed(plan: Plan, case: Case, item: str, *, doing: str) -> None:
    """Refuse unless a person owes this item now."""
    held, step = case.items.get(item), step_of(item)
    is_step = step in plan.steps and item in plan.items(step, case)
    if not (is_step and held is not None and held.status is Status.OPEN and not plan.is_automatic(step)):
        raise _not_owed(plan, case, item, doing)


def _not_owed(plan: Plan, case: Case, item: str, doing: str) -> Refused:
    held = case.items.get(item)
    possible = f"Open now: {listing(possible_items(plan, case), none='nothing')}."
    if step_of(item) in plan.limits:
        return Refused([f'"{item}" is a time limit. It is met when "{plan.limits[item].met_by}" is done.'], possible)
    if item not in _all(plan, case):
        near = suggestion(item, _all(plan, case))
        return Refused([f'"{item}" is not a step of {case.reference}.{near}'], possible)
    if held is None or held.status is Status.WAITING:
        return Refused([f'"{item}" cannot be {doing} yet: {still_to_do(plan, case, item)}.'], possible)
    if held.status is Status.OPEN:
        return Refused([f'"{item}" happens by itself.'], possible)
    when = f" on {day_words(held.done)}" if held.done else ""
    return Refused([f'"{item}" is already {held.status}{when}.'], f"To owe it again, reopen it. {possible}")


def _all(plan: Plan, case: Case) -> list[str]:
    return [item for step in plan.order for item in plan.items(step, case)]


def _complete(plan: Plan, draft: Draft, command: c.Complete, today: date, calendars: Calendars) -> None:
    item, step = command.item, step_of(command.item)
    _owed(plan, draft.case, item, doing="completed")
    form = plan.form(step)
    answers, wrong = read_answers(form, command.answers)
    done = completing_day(form, answers) or command.on or today
    wrong += _day_problems(plan, draft.case, item, done, today, calendars)
    wrong += _far_dates(form, answers, today, calendars)
    if command.on is not None and done != command.on:
        wrong.append(f"The form says {day_words(done)}, but the completion says {day_words(command.on)}. Keep one.")
    if wrong:
        raise Refused(wrong, f'"{item}" is still open; nothing was lost. Correct this and send it again.')
    used = plan.used_answers[step]
    kept = {name: value for name, value in answers.items() if name in used}
    said = {name: value for name, value in answers.items() if name not in used}
    draft.emit(e.Completed(item, done, kept, said))
    _send_back(plan, draft, item, answers, calendars)


def _day_problems(plan: Plan, case: Case, item: str, done: date, today: date, calendars: Calendars) -> list[str]:
    step, key = step_of(item), key_of(item)
    if done > today:
        return [f"{day_words(done)} has not come yet (today is {day_words(today)})."]
    first = min(case.dates.values(), default=case.opened)
    if done < first:
        return [f"{day_words(done)} is before the case began ({day_words(first)}). Look at the year."]
    rule = plan.steps[step].not_before
    earliest = rule_day(plan, case, rule, step, key, calendars)
    if earliest is not None and done < earliest:
        return [f'"{item}" may not be done before {day_words(earliest)} ({rule}).']
    return []


def _far_dates(form: FormFields, answers: Answers, today: date, calendars: Calendars) -> Iterable[str]:
    """Days that nothing could be counted from: most often a year that was mistyped."""
    for name, field in form.items():
        if field.type is FieldType.DATE and name in answers:
            day = date.fromisoformat(str(answers[name]))
            if day.year > today.year + FARTHEST or not calendars[OFFICE].covers(day):
                yield f"{name}: {day_words(day)} is too far away to be counted from. Look at the year."


def _send_back(plan: Plan, draft: Draft, item: str, answers: Answers, calendars: Calendars) -> None:
    step, key = step_of(item), key_of(item)
    again: dict[str, date | None] = {}
    told: dict[str, str] = {}
    for target_step, reopen in plan.steps[step].reopens.items():
        if holds_here(reopen.when, answers):
            due = rule_day(plan, draft.case, reopen.due, step, key, calendars)
            sent_back = targets(plan, draft.case, item, target_step)
            again |= dict.fromkeys(sent_back, due)
            told |= dict.fromkeys(sent_back, reopen.send) if reopen.send else {}
    if again:
        items = dict.fromkeys(each for target in again for each in affected(plan, draft.case, target))
        draft.emit(e.SentBack(tuple(items), item, {each: due for each, due in again.items() if due is not None}))
        for target, message in told.items():
            draft.emit(e.Told(target, message, recipients(("owner",), plan, draft.case, target)))


def _reopen(plan: Plan, draft: Draft, command: c.Reopen) -> None:
    held = draft.case.items.get(command.item)
    reason = _reason(command.reason)
    if draft.case.status is CaseStatus.WITHDRAWN:
        raise Refused([f"{draft.case.reference} was withdrawn."], "Open a new case.")
    if command.item not in _all(plan, draft.case) or held is None or held.status not in {Status.DONE, Status.SKIPPED}:
        done = [item for item in _all(plan, draft.case) if _was_done(draft.case, item)]
        possible = f"These can be reopened: {listing(done, none='none')}."
        raise Refused([f'"{command.item}" has not been done, so it cannot be reopened.'], possible)
    draft.emit(e.SentBack(affected(plan, draft.case, command.item), reason))


def _was_done(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].status in {Status.DONE, Status.SKIPPED}


def _skip(plan: Plan, draft: Draft, command: c.Skip, today: date) -> None:
    _owed(plan, draft.case, command.item, doing="skipped")
    draft.emit(e.Skipped(command.item, _reason(command.reason), today))


def _correct(plan: Plan, draft: Draft, command: c.CorrectDate, today: date, calendars: Calendars) -> None:
    case, name, reason = draft.case, command.name, _reason(command.reason)
    known = {**case.dates, **dict(_done_days(plan, case))}
    if name not in known:
        message = f'"{name}" is not a date of {case.reference}.{suggestion(name, known)}'
        raise Refused([message], f"These can be corrected: {listing(known)}.")
    if command.to == known[name]:
        raise Refused([f'"{name}" already is {day_words(command.to)}.'], "Nothing was changed.")
    if name in case.dates:
        wrong = list(_not_yet_or_long_ago(command.to, today, calendars))
    else:
        wrong = _day_problems(plan, case, name, command.to, today, calendars)
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    draft.emit(e.DateCorrected(name, known[name], command.to, reason, _asked_by(plan, name)))
    meet_anew(plan, draft, name, today)


def _done_days(plan: Plan, case: Case) -> Iterable[tuple[str, date]]:
    for item in _all(plan, case):
        held = case.items.get(item)
        if held is not None and held.status is Status.DONE and held.done is not None:
            yield item, held.done


def _asked_by(plan: Plan, item: str) -> str:
    """The question whose answer is the day on which a step was done, if its form has one."""
    form = plan.form(step_of(item)) if step_of(item) in plan.steps else {}
    return next((name for name, field in form.items() if field.completes), "")


def _record_started(plan: Plan, draft: Draft, command: c.RecordStarted, today: date) -> None:
    item, case = command.item, draft.case
    step = plan.steps.get(step_of(item))
    if step is None or step.start is None or item not in case.items or not command.reference.strip():
        raise Refused([f'"{item}" does not start a case in {case.reference}.'])
    if case.links.get(item, command.reference) != command.reference:
        raise Refused([f'"{item}" has already started {case.links[item]}.'], "Nothing was changed.")
    if item not in case.links:
        draft.emit(e.CaseStarted(item, command.reference, today))


def _add_agency(plan: Plan, draft: Draft, command: c.AddAgency) -> None:
    if plan.definition.process.opening.agencies is None:
        raise Refused(["No agencies take part in this process."])
    if not NAME.fullmatch(command.agency):
        raise Refused([_no_name(command.agency)])
    if command.agency in draft.case.agencies:
        taking = listing(draft.case.agencies)
        raise Refused([f'"{command.agency}" already takes part.'], f"Taking part: {taking}.")
    draft.emit(e.AgencyJoined(command.agency))


def _remove_agency(plan: Plan, draft: Draft, command: c.RemoveAgency) -> None:
    case, reason = draft.case, _reason(command.reason)
    taking = f"Taking part: {listing(case.agencies, none='none')}."
    if command.agency not in case.agencies:
        raise Refused([f'"{command.agency}" does not take part.{suggestion(command.agency, case.agencies)}'], taking)
    needed = plan.definition.process.opening.agencies
    if needed is not None and len(case.agencies) <= needed.number:
        raise Refused([f"This process needs {_agencies(needed)}."], f"Add another first. {taking}")
    owed = [item_id(step, command.agency) for step in plan.order if plan.steps[step].for_each == AGENCY]
    open_now = tuple(item for item in owed if is_open(case, item))
    draft.emit(e.AgencyLeft(command.agency, reason, open_now))
