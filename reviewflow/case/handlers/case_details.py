"""Facts about a case rather than its work: corrected dates, who takes part, which cases it started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.opening import agencies_words, order_problems
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import agency_recipient, item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import WAS_DONE, Case, Status, is_finished, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.limits import correct_met_limits
from reviewflow.case.propagation.set_dates import set_by_answers
from reviewflow.case.rules.edition import late_joiners_have_a_day_of_their_own, sent_back_work_has_a_new_day
from reviewflow.case.rules.input_checks import NAME, day_problems, not_an_agency_name, past_day_problems, read_reason
from reviewflow.case.rules.linked_cases import start_of
from reviewflow.case.rules.timing.days_anew import days_anew
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import counts_hours
from reviewflow.case.rules.timing.kept_days import kept_days
from reviewflow.language.model import AGENCY, EACH
from reviewflow.language.structure.lists import owner_column, source_of
from reviewflow.language.structure.owners import owner_in_answer
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing

NEAR = 366
"""How many days from the opening of a case its opening dates may lie without a question about the year."""


def correct(draft: Draft, command: c.CorrectDate) -> None:
    """Put right a day that was recorded wrongly, in an event of its own; raises Refused.

    All that counts from it is counted anew. The wrong day stays in the history.
    """
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    case, name, reason = draft.case, command.name, read_reason(command.reason)
    correctable = dict(_correctable(plan, case))
    if name in plan.dates:
        message = f'"{name}" is a plan: it is not corrected, it is set to another day.'
        raise Refused([message], f"Set it: reviewflow set {case.reference} {name} {command.to} --reason ...")
    if name not in correctable:
        message = f'"{name}" is not a date of {case.reference}.{suggestion(name, correctable)}'
        raise Refused([message], f"These can be corrected: {listing(correctable)}.")
    if command.at is not None and name not in plan.definition.process.opening.times:
        raise Refused([f'"{name}" is kept without a time of day.'], "Leave the time out.")
    if command.to == correctable[name] and command.at in (None, case.times.get(name)):
        raise Refused([f'"{name}" already is {day_words(command.to)}.'], "Nothing was changed.")
    if name in case.dates:
        wrong = [
            *past_day_problems(command.to, today, calendars),
            *_another_year(case, correctable[name], command.to),
            *order_problems(plan, {**case.dates, name: command.to}),
        ]
    else:
        wrong = day_problems(plan, case, name, command.to, today, calendars)
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    asked = _asked_by(plan, name)
    event = e.DateCorrected(name, correctable[name], command.to, reason, asked, command.at)
    draft.emit(replace(event, stayed=kept_days(plan, case, apply(case, event), calendars)))
    if asked:
        set_by_answers(draft, name, {asked: command.to.isoformat()})
    correct_met_limits(draft, name)


def _another_year(case: Case, was: date, to: date) -> Iterable[str]:
    """A mistyped year would breach every limit at once. A day nearer to the opening than the old one is accepted."""
    away = abs((to - case.opened).days)
    if away > NEAR and away > abs((was - case.opened).days):
        opened = f"the day the case was opened, {day_words(case.opened)}"
        yield f"{day_words(to)} is more than a year from {opened}. Look at the year."


def _correctable(plan: Plan, case: Case) -> Iterable[tuple[str, date]]:
    """What has happened, each with its day; a planned date is not corrected but set to another day."""
    yield from ((name, day) for name, day in case.dates.items() if name not in plan.dates)
    for item in plan.all_items(case):
        state = case.items.get(item)
        if state is not None and state.status in WAS_DONE and state.done is not None:
            yield item, state.done


def _asked_by(plan: Plan, item: str) -> str:
    """The question whose answer is the day on which a step was done, if its form has one."""
    form = plan.form(step_of(item)) if step_of(item) in plan.steps else {}
    return next((name for name, field in form.items() if field.completes), "")


def record_started(draft: Draft, command: c.RecordStarted) -> None:
    """Keep the reference of the case that a step or an ending started; twice does no harm. Raises Refused."""
    plan = draft.plan
    item, case = command.item, draft.case
    begun = item in case.items or item in plan.definition.process.endings
    if start_of(plan, item) is None or not begun or not command.reference.strip():
        raise Refused([f'"{item}" does not start a case in {case.reference}.'])
    if case.links.get(item, command.reference) != command.reference:
        raise Refused([f'"{item}" has already started {case.links[item]}.'], "Nothing was changed.")
    if item not in case.links:
        draft.emit(e.CaseStarted(item, command.reference, draft.today))


def _has_line(plan: Plan, case: Case, item: str, agency: str) -> bool:
    """Whether an answer or a line of a table names this agency as owner: that is still owed when the agency leaves."""
    step = plan.steps[step_of(item)]
    by_answer = step.asks or owner_column(step) or owner_in_answer(step) or (step.owner == EACH and source_of(step))
    return bool(by_answer) and plan.owner(item, case) == agency_recipient(agency) and not is_finished(case, item)


def add_agency(draft: Draft, command: c.AddAgency) -> None:
    """Let another agency take part, owing every step `for_each: agency` from now on; raises Refused."""
    if draft.plan.definition.process.opening.agencies is None:
        raise Refused(["No agencies take part in this process."])
    if not NAME.fullmatch(command.agency):
        raise Refused([not_an_agency_name(command.agency)])
    if command.agency in draft.case.agencies:
        taking = listing(draft.case.agencies)
        raise Refused([f'"{command.agency}" already takes part.'], f"Taking part: {taking}.")
    draft.emit(e.AgencyJoined(command.agency, _days_again(draft, command.agency)))


def _days_again(draft: Draft, agency: str) -> Mapping[str, date]:
    """The days, counted from today, of what an agency owes again that had left, and of what it comes too late for."""
    plan, case, calendars = draft.plan, draft.case, draft.calendars
    owed = []
    if sent_back_work_has_a_new_day(case):
        owed += [item for item in _of_agency(plan, agency) if _fell_away(case, item)]
    if late_joiners_have_a_day_of_their_own(case):
        owed += [item for item in _of_agency(plan, agency) if _is_past(plan, case, item, draft.today, calendars)]
    return days_anew(plan, case, owed, draft.now, calendars)


def _of_agency(plan: Plan, agency: str) -> list[str]:
    return [item_id(step, agency) for step in plan.order if plan.steps[step].for_each == AGENCY]


def _fell_away(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is not None and state.status is Status.WITHDRAWN and state.opened is not None


def _is_past(plan: Plan, case: Case, item: str, today: date, calendars: Calendars) -> bool:
    """Whether an item that was never owed would be due on a day that leaves no time for it. Hours go on as they are."""
    rule = plan.steps[step_of(item)].due
    if item in case.items or rule is None or counts_hours(rule):
        return False
    due = due_day(plan, case, item, calendars)
    return due is not None and due <= today


def remove_agency(draft: Draft, command: c.RemoveAgency) -> None:
    """End an agency's part: what it still owes is withdrawn. Raises Refused while lines of tables name it as owner."""
    plan = draft.plan
    case, reason = draft.case, read_reason(command.reason)
    taking = f"Taking part: {listing(case.agencies, none='none')}."
    if command.agency not in case.agencies:
        raise Refused([f'"{command.agency}" does not take part.{suggestion(command.agency, case.agencies)}'], taking)
    needed = plan.definition.process.opening.agencies
    if needed is not None and len(case.agencies) <= needed.number:
        raise Refused([f"This process needs {agencies_words(needed)}."], f"Add another first. {taking}")
    lines = [item for item in plan.all_items(case) if _has_line(plan, case, item, command.agency)]
    if lines:
        message = f'"{command.agency}" still has {listing(lines)}.'
        raise Refused([message], "Complete or skip it, or give it to another agency: do again the step that listed it.")
    open_now = tuple(item for item in _of_agency(plan, command.agency) if is_open(case, item))
    draft.emit(e.AgencyLeft(command.agency, reason, open_now))
