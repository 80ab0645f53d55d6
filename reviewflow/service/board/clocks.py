"""The clocks of a case: day n of 15, and whether each will be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow.case.model.ids import ItemId, step_of
from reviewflow.case.model.state import CUT_SHORT, Item, Status
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.timing.counted_in import counted_in, days_of
from reviewflow.case.rules.timing.due_dates import anchored, rule_day
from reviewflow.case.rules.timing.hours import as_joined
from reviewflow.service.board.shapes import Clock, Verdict
from reviewflow.service.views.case_page.naming import Naming
from reviewflow.service.views.forecasts import forecast_line
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words, day_words

TIGHT = 1
"""Working days to spare up to which it is tight."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a forecast says of one clock."""

    verdict: Verdict
    words: str
    slack: int | None = None
    hangs_on: str = ""
    expected: date | None = None


def clocks(context: CaseContext, naming: Naming) -> Iterator[Clock]:
    """Every limit of a case that runs, or that was met or missed, in the file's order."""
    plan, case = context.plan, context.case
    for item in plan.limit_items(case):
        state = case.items.get(item)
        runs = state is not None and (
            state.status is Status.DONE or (state.status is Status.OPEN and case.status not in CUT_SHORT)
        )
        if state is not None and state.due is not None and runs:
            yield _clock(context, naming, item, state, state.due)


def _clock(context: CaseContext, naming: Naming, item: str, state: Item, due: date) -> Clock:
    plan, case = context.plan, context.case
    calendar, limit = days_of(plan, case, item, context.calendars), plan.limits[step_of(item)]
    start, foreseen = start_of(context, item, state, due), _foreseen(context, item, state, due)
    reached = state.done if state.status is Status.DONE and state.done else context.today
    asks = limit.national is not None or limit.reason is not None
    return Clock(
        reference=case.reference,
        process=plan.definition.process.title,
        item=naming.item(item),
        title=naming.title(item),
        national=limit.national is not None,
        start=start,
        due=due,
        by=clock_words(state.by) if state.by else "",
        calendar=counted_in(plan, case, step_of(item)).calendar,
        day=max(calendar.working_days_between(start, reached), 0),
        of=max(calendar.working_days_between(start, due), 0),
        verdict=foreseen.verdict,
        words=foreseen.words,
        slack=foreseen.slack,
        hangs_on=foreseen.hangs_on,
        expected=foreseen.expected,
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


def _foreseen(context: CaseContext, item: str, state: Item, due: date) -> Foreseen:
    calendar = days_of(context.plan, context.case, item, context.calendars)
    if state.status is Status.DONE and state.done is not None:
        spare = calendar.working_days_between(state.done, due)
        if is_breached(state, context.today):
            return Foreseen(
                Verdict.MISSED,
                f"Met {day_words(state.done)}, {calendar.in_days(max(-spare, 1))} late.",
                expected=state.done,
            )
        words = (
            f"Met {day_words(state.done)}, with {calendar.in_days(spare)} to spare."
            if spare
            else "Met on its last day."
        )
        return Foreseen(Verdict.MET, words, spare, expected=state.done)
    foreseen = forecast(context.plan, context.case, item, context.today, context.calendars)
    if is_breached(state, context.today):
        late = calendar.in_days(max(calendar.working_days_between(due, context.today), 1))
        return Foreseen(Verdict.MISSED, f"It ended {day_words(due)}, {late} ago, and is not met yet.")
    if foreseen is None:
        return Foreseen(Verdict.HELD, "No step that is still to come will meet it.")
    line = forecast_line(context, foreseen)
    if foreseen.endless:
        return Foreseen(Verdict.HELD, line.words)
    spare = calendar.working_days_between(foreseen.expected, due)
    verdict = Verdict.UNLIKELY if foreseen.late else Verdict.TIGHT if spare <= TIGHT else Verdict.ON_COURSE
    return Foreseen(verdict, line.words, spare, expected=foreseen.expected)
