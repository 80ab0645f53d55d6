"""Warnings, once each, when a time limit is foreseen late, is breached, or will be met after all."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.state import Case, Item, Outlook, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.as_due import forecast
from reviewflow.case.rules.latest_day import met_by_then
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.model.processes import WhenLate


def outlook(plan: Plan, case: Case, limit: str, today: date, calendars: Calendars) -> Outlook:
    """Whether a running or met limit looks well, late or breached today."""
    state = case.items[limit]
    if is_breached(state, today):
        return Outlook.BREACHED
    if state.due is None or met_by_then(plan, case, limit, state.due, today, calendars):
        return Outlook.WELL
    foreseen = forecast(plan, case, limit, today, calendars)
    return Outlook.LATE if foreseen is not None and foreseen.late else Outlook.WELL


def is_breached(state: Item, today: date) -> bool:
    """Whether a limit was met after its day, or has run out unmet."""
    if state.due is None or state.status not in {Status.OPEN, Status.DONE}:
        return False
    if state.status is Status.DONE:
        return state.done is not None and is_over(state.due, state.by, state.done, state.at)
    return today > state.due


def look_ahead(draft: Draft) -> None:
    """Emit an event for each limit that looks otherwise than people were last told; none when nothing changed."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    for limit in plan.limit_items(draft.case):
        now, rule = _looks(plan, draft.case, limit, today, calendars), plan.limits[step_of(limit)].when_late
        if now is not None and rule is not None:
            draft.emit(_warning(plan, draft.case, limit, rule, now, today, calendars=calendars))


def looks_otherwise(plan: Plan, case: Case, today: date, calendars: Calendars) -> bool:
    """Whether a limit looks otherwise today than people were last told."""
    return any(_looks(plan, case, limit, today, calendars) is not None for limit in plan.limit_items(case))


def _looks(plan: Plan, case: Case, limit: str, today: date, calendars: Calendars) -> Outlook | None:
    """How a limit looks of which people are warned; None where that is what they were last told."""
    rule, state = plan.limits[step_of(limit)].when_late, case.items.get(limit)
    if rule is None or state is None or state.due is None or state.status not in {Status.OPEN, Status.DONE}:
        return None
    now = outlook(plan, case, limit, today, calendars)
    return None if now is state.outlook else now


def _warning(
    plan: Plan, case: Case, limit: str, rule: WhenLate, now_looks: Outlook, today: date, *, calendars: Calendars
) -> e.LateForeseen | e.BackOnCourse | e.LimitBreached:
    state, to = case.items[limit], tuple(role_recipient(role) for role in rule.tell)
    foreseen = forecast(plan, case, limit, today, calendars)
    due = state.due or today
    match now_looks:
        case Outlook.LATE if foreseen is not None:
            chain = tuple(link.item for link in foreseen.chain)
            return e.LateForeseen(
                limit,
                due,
                foreseen.expected,
                chain,
                foreseen.holds,
                bool(foreseen.endless),
                rule.message,
                to,
                rule.make or "",
            )
        case Outlook.BREACHED:
            return e.LimitBreached(limit, due, rule.make or "")
        case _:
            expected = foreseen.expected if foreseen is not None else state.done
            message = rule.well_again or ""
            return e.BackOnCourse(limit, due, expected, message, to if message else ())
