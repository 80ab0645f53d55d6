"""Facts about a case rather than its work: dates that were recorded wrongly, and which cases it started."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.opening import order_problems
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import link_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import WAS_DONE, Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.limits import correct_met_limits
from reviewflow.case.propagation.set_dates import set_by_answers
from reviewflow.case.rules.input_checks import day_problems, past_day_problems, read_reason
from reviewflow.case.rules.linked_cases import round_of, start_of
from reviewflow.case.rules.timing.kept_days import kept_days
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
        starting = [name for name in plan.steps if start_of(plan, name) is not None]
        possible = f"Steps that start one: {listing(starting, none='none')}."
        raise Refused([f'"{item}" does not start a case in {case.reference}.'], possible)
    nth, of = (command.nth, command.of) if command.nth is not None else round_of(case, item)
    started = case.links.get(link_id(item, nth), "")
    if started not in {"", command.reference}:
        raise Refused([f'"{item}" has already started {started}.'], "Nothing was changed.")
    if not started:
        draft.emit(e.CaseStarted(item, command.reference, draft.today, nth, of))
