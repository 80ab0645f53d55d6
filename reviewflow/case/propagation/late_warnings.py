"""Looking ahead: what is told, once, when a clock turns out to be late, and when all is well again."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.state import Case, Item, Outlook, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.model.processes import WhenLate


def outlook(plan: Plan, case: Case, limit: str, today: date, calendars: Calendars) -> Outlook:
    """How a clock looks today."""
    held = case.items[limit]
    if is_breached(held, today):
        return Outlook.BREACHED
    found = forecast(plan, case, limit, today, calendars)
    return Outlook.LATE if found is not None and found.late else Outlook.WELL


def is_breached(held: Item, today: date) -> bool:
    """Whether a clock ran out before it was stopped."""
    if held.due is None or held.status not in {Status.OPEN, Status.DONE}:
        return False
    if held.status is Status.DONE:
        return held.done is not None and is_over(held.due, held.by, held.done, held.at)
    return today > held.due


def look_ahead(draft: Draft) -> None:
    """What has turned since it was last told. Nothing when nothing has: so it may be asked for at any time."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    for limit in plan.limit_items(draft.case):
        rule, held = plan.limits[step_of(limit)].when_late, draft.case.items.get(limit)
        if rule is None or held is None or held.due is None or held.status not in {Status.OPEN, Status.DONE}:
            continue
        now = outlook(plan, draft.case, limit, today, calendars)
        if now is not held.outlook:
            draft.emit(_turned(plan, draft.case, limit, rule, now, today, calendars=calendars))


def _turned(
    plan: Plan, case: Case, limit: str, rule: WhenLate, now: Outlook, today: date, *, calendars: Calendars
) -> e.LateForeseen | e.BackOnCourse | e.LimitBreached:
    held, to = case.items[limit], tuple(role_recipient(role) for role in rule.tell)
    found = forecast(plan, case, limit, today, calendars)
    due = held.due or today
    match now:
        case Outlook.LATE if found is not None:
            chain = tuple(link.item for link in found.chain)
            return e.LateForeseen(
                limit, due, found.expected, chain, found.holds, bool(found.endless), rule.message, to, rule.make or ""
            )
        case Outlook.BREACHED:
            return e.LimitBreached(limit, due, rule.make or "")
        case _:
            expected = found.expected if found is not None else held.done
            message = rule.well_again or ""
            return e.BackOnCourse(limit, due, expected, message, to if message else ())
