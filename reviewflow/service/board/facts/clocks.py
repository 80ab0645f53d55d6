"""The clocks of a case: day n of 15, and whether each will be met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.model.ids import ItemId, step_of
from reviewflow.case.model.state import CUT_SHORT, Item, Status
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.forecast import Forecast, Verdict
from reviewflow.case.rules.timing.counted_in import counted_in, days_of
from reviewflow.case.rules.timing.due_dates import anchored, rule_day
from reviewflow.case.rules.timing.hours import as_joined
from reviewflow.service.board.facts.shapes import Clock
from reviewflow.service.messages.foreseen import foreseen_of
from reviewflow.service.views.case_page.naming import Naming
from reviewflow.service.wording.forecast_words import hangs_on, verdict_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words

FORESEEN = frozenset({Verdict.ON_COURSE, Verdict.TIGHT, Verdict.UNLIKELY})
"""Of which a day can be told."""


def clocks(context: CaseContext, naming: Naming) -> Iterator[Clock]:
    """Every limit of a case that runs, or that was met or missed, in the file's order; none of a case cut short."""
    if context.case.status in CUT_SHORT:
        return
    for foreseen in foreseen_of(context):
        yield _clock(context, naming, foreseen, context.case.items[foreseen.limit])


def _clock(context: CaseContext, naming: Naming, foreseen: Forecast, state: Item) -> Clock:
    plan, case, item = context.plan, context.case, foreseen.limit
    calendar, limit = days_of(plan, case, item, context.calendars), plan.limits[step_of(item)]
    start = start_of(context, item, state, foreseen.due)
    reached = state.done if state.status is Status.DONE and state.done else context.today
    asks = limit.national is not None or limit.reason is not None
    can_be_told, (first, last) = foreseen.verdict in FORESEEN, foreseen.counted or (foreseen.earliest, foreseen.latest)

    def day_of(day: date) -> int:
        return max(calendar.working_days_between(start, day), 0)

    return Clock(
        reference=case.reference,
        process=plan.definition.process.title,
        item=naming.item(item),
        title=naming.title(item),
        national=limit.national is not None,
        start=start,
        due=foreseen.due,
        by=clock_words(foreseen.by) if foreseen.by else "",
        calendar=counted_in(plan, case, step_of(item)).calendar,
        day=day_of(reached),
        of=day_of(foreseen.due),
        verdict=foreseen.verdict,
        words=verdict_words(case, foreseen, calendar, naming.title),
        slack=foreseen.slack if can_be_told else None,
        hangs_on=hangs_on(foreseen, naming.title),
        expected=None if foreseen.verdict is Verdict.HELD else foreseen.expected,
        likely=(day_of(first), day_of(last)) if can_be_told else None,
        reason_owed=asks and not state.breach and is_breached(state, context.today),
        is_running=state.status is Status.OPEN,
    )


def start_of(context: CaseContext, item: str, state: Item, due: date) -> date:
    """Day 0: the day that the rule counts from which gives its day; where that cannot be told, when it opened."""
    plan, (name, joined) = context.plan, ItemId.parse(item)
    case, rule = as_joined(context.case, joined), plan.rule(name)
    for part in rule.parts if rule else ():
        day = anchored(plan, case, part.anchor, name, "", context.calendars)
        if day is not None and not part.before and rule_day(plan, case, part, name, "", context.calendars) == due:
            return day
    return min(state.opened or context.case.opened, due)
