"""Looking ahead: what is told, once, when a clock turns out to be late, and when all is well again; why it was late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reviewflow.calendar import Calendars
from reviewflow.case import commands as c
from reviewflow.case import events as e
from reviewflow.case.answers import plain_text
from reviewflow.case.forecast import forecast
from reviewflow.case.hours import is_over
from reviewflow.case.plan import Plan
from reviewflow.case.plausible import read_reason
from reviewflow.case.refusal import Refused
from reviewflow.case.state import Case, Item, Outlook, Status, step_of
from reviewflow.case.words import day_words
from reviewflow.language.model import WhenLate
from reviewflow.language.problem import listing, suggestion

if TYPE_CHECKING:
    from reviewflow.case.draft import Draft


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


def look_ahead(plan: Plan, draft: Draft, today: date, calendars: Calendars) -> None:
    """What has turned since it was last told. Nothing when nothing has: so it may be asked for at any time."""
    for limit in plan.limit_items(draft.case):
        rule, held = plan.limits[step_of(limit)].when_late, draft.case.items.get(limit)
        if rule is None or held is None or held.due is None or held.status not in {Status.OPEN, Status.DONE}:
            continue
        now = outlook(plan, draft.case, limit, today, calendars)
        if now is not held.outlook:
            draft.emit(_turned(plan, draft.case, limit, rule, now, today, calendars=calendars))


def _turned(
    plan: Plan, case: Case, limit: str, rule: WhenLate, now: Outlook, today: date, *, calendars: Calendars
) -> e.LateForeseen | e.WellAgain | e.LimitBreached:
    held, to = case.items[limit], tuple(f"role:{role}" for role in rule.tell)
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
            return e.WellAgain(limit, due, expected, message, to if message else ())


def is_late(case: Case, limit: str, today: date) -> bool:
    """Whether a clock was not met, or will not be as things stand."""
    held = case.items.get(limit)
    return held is not None and (is_breached(held, today) or held.outlook is not Outlook.WELL)


def explain_breach(plan: Plan, draft: Draft, command: c.RecordBreach, today: date) -> None:
    """Record why a clock was not met, or will not be."""
    case, limit = draft.case, command.limit
    running = plan.limit_items(case)
    if limit not in running:
        near = suggestion(limit, running)
        raise Refused(
            [f'"{plain_text(limit)}" is not a time limit of {case.reference}.{near}'],
            f"Its time limits: {listing(running, none='none')}.",
        )
    held = case.items.get(limit)
    if not is_late(case, limit, today):
        ends = f" It ends {day_words(held.due)}." if held is not None and held.due else " It does not run."
        raise Refused([f'"{limit}" is not late, so there is nothing to explain.{ends}'], "Nothing was changed.")
    draft.emit(e.BreachExplained(limit, read_reason(command.reason), today))
