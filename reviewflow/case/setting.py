"""Dates that a case carries besides those it opens with: set or moved by people, by answers and by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from reviewflow.calendar import Calendars
from reviewflow.case import commands as c
from reviewflow.case import events as e
from reviewflow.case.apply import is_settled
from reviewflow.case.dates import date_day, due_day, rule_day
from reviewflow.case.plan import Plan
from reviewflow.case.plausible import beginning, read_reason, too_far
from reviewflow.case.refusal import Refused
from reviewflow.case.state import Answers, Case, Status, key_of, step_of
from reviewflow.case.words import day_words
from reviewflow.language.problem import listing, suggestion

if TYPE_CHECKING:
    from reviewflow.case.draft import Draft


def set_date(plan: Plan, draft: Draft, command: c.SetDate, today: date, calendars: Calendars) -> None:
    case, name, reason = draft.case, command.name, read_reason(command.reason)
    if name not in plan.dates:
        raise _no_such_date(plan, case, name)
    if command.to == case.dates.get(name):
        raise Refused([f'"{name}" is already set to {day_words(command.to)}.'], "Nothing was changed.")
    wrong = [*too_far(command.to, today, calendars)]
    if command.to < beginning(plan, case):
        wrong.append(f"{day_words(command.to)} is before the case began ({day_words(beginning(plan, case))}).")
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    move(plan, draft, e.DateSet(name, command.to, _was(plan, case, name, calendars), reason), today, calendars)


def _no_such_date(plan: Plan, case: Case, name: str) -> Refused:
    possible = f"These can be set: {listing(plan.dates, none='none')}."
    if name in case.dates:
        message = f'"{name}" says what has happened, so it is not moved. If it was recorded wrongly, correct it.'
        return Refused([message], possible)
    return Refused([f'"{name}" is not a date of {case.reference}.{suggestion(name, plan.dates)}'], possible)


def _was(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    return date_day(plan, case, name, calendars)


def set_by_answers(plan: Plan, draft: Draft, item: str, answers: Answers, today: date, *, calendars: Calendars) -> None:
    """The dates that the answers of a form set, where they differ from what is set already."""
    for name, field in plan.form(step_of(item)).items():
        if field.sets is not None and name in answers:
            day = date.fromisoformat(str(answers[name]))
            _set(plan, draft, {field.sets: day}, item, today, calendars)


def set_by_itself(plan: Plan, draft: Draft, item: str, today: date, calendars: Calendars) -> None:
    """What an automatic step sets; a day that counts from what never happened is left as it is."""
    step = step_of(item)
    rules = plan.steps[step].set
    days = {name: rule_day(plan, draft.case, rule, step, key_of(item), calendars) for name, rule in rules.items()}
    known = {name: day for name, day in days.items() if day is not None}
    _set(plan, draft, known, item, today, calendars)


def _set(plan: Plan, draft: Draft, days: Mapping[str, date], item: str, today: date, calendars: Calendars) -> None:
    for name, day in days.items():
        if draft.case.dates.get(name) != day:
            was = _was(plan, draft.case, name, calendars)
            move(plan, draft, e.DateSet(name, day, was, item=item), today, calendars)


def move(plan: Plan, draft: Draft, event: e.DateSet, today: date, calendars: Calendars) -> None:
    """Set the date, and warn of what that leaves no time for."""
    before = draft.case
    draft.emit(event)
    late = {
        item: due
        for item, held in before.items.items()
        if held.status is Status.OPEN
        and not (held.due and held.due < today)
        and (due := due_day(plan, draft.case, item, calendars)) is not None
        and due < today
        and due != held.due
    }
    beyond = dict(_beyond(plan, before, draft.case, calendars))
    if late or beyond:
        draft.emit(e.LeftNoTime(event.name, late, beyond))


def _beyond(plan: Plan, before: Case, after: Case, calendars: Calendars) -> Iterator[tuple[str, date]]:
    """The running clocks that the moved day now overruns: what would meet them is planned for after they end."""
    for limit in plan.limit_items(after):
        held, ends = after.items.get(limit), due_day(plan, after, limit, calendars)
        if held is None or held.status is not Status.OPEN or ends is None:
            continue
        owed = [item for item in plan.items(plan.limits[step_of(limit)].met_by, after) if not is_settled(after, item)]
        for item in owed:
            was, now = due_day(plan, before, item, calendars), due_day(plan, after, item, calendars)
            if now is not None and now > ends and now != was:
                yield limit, ends
