"""Due days counted anew when what they count from has changed."""

from __future__ import annotations

from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import CUT_SHORT, Item, Status
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clocks, times_named
from reviewflow.case.rules.timing.standstills import Standstill, goes_on_to, stands_still, standstills


def follow_clocks(draft: Draft) -> None:
    """Stop the clocks that stand still from now on, and have those go on, or begin again, whose waiting is over."""
    plan = draft.plan
    for name in plan.stands_still:
        now = {item: still for item in _clocks(draft, name) if (still := stands_still(plan, draft.case, item))}
        items = draft.case.items
        stopped = {item: due for item, still in now.items() if still.name == name and (due := items[item].due)}
        if stopped:
            since = next(still.first for item, still in now.items() if item in stopped)
            draft.emit(e.ClockStopped(name, since, stopped))
    for name in plan.stands_still:
        _go_on(draft, name)


def _clocks(draft: Draft, name: str) -> list[str]:
    clocks = draft.plan.stands_still[name].clocks
    return [item for item in draft.case.items if step_of(item) in clocks]


def _go_on(draft: Draft, name: str) -> None:
    plan, due, last = draft.plan, dict[str, date](), None
    for item in _clocks(draft, name):
        state = draft.case.items[item]
        if state.stood is None or state.status is not Status.OPEN or stands_still(plan, draft.case, item):
            continue
        over = max(standstills(plan, draft.case, item), key=lambda still: still.last or still.first, default=None)
        if over is None or over.name == name:
            last = over or last
            due[item] = _later(draft, item, state, over)
    if due:
        first, until = (last.first, last.last or draft.today) if last else (draft.today, draft.today)
        draft.emit(e.ClockWentOn(name, due, first, until, times_named(plan, due)))


def _later(draft: Draft, item: str, state: Item, over: Standstill | None) -> date:
    """By its rule, in which the days of the standstill do not count; a day that was granted moves on by as many."""
    assert state.stood is not None
    plan, calendars = draft.plan, draft.calendars
    by_its_rule = replace(draft.case, items={**draft.case.items, item: replace(state, fixed=False)})
    day = due_day(plan, by_its_rule, item, calendars) or state.stood
    if not state.fixed or over is None:
        return state.stood if state.fixed else day
    plain = calendars[counted_in(plan, draft.case, step_of(item)).calendar]
    return goes_on_to(plan, item, state.stood, over, day, plain)


def recount(draft: Draft, because: str) -> None:
    """Count the due days of open items anew, and of limits that were met; changes are one event with this reason.

    A limit keeps its day while the step that it counts from is done again. Nothing in a case that was cut short.
    """
    plan = draft.plan
    if draft.case.status in CUT_SHORT:
        return
    limits = plan.limits
    counting = [
        item
        for item, state in draft.case.items.items()
        if state.status is Status.OPEN or (state.status is Status.DONE and step_of(item) in limits)
    ]
    days = {item: due_day(plan, draft.case, item, draft.calendars) for item in counting}
    by = clocks(plan, draft.case, days, draft.calendars)
    moved = {
        item: due
        for item, due in days.items()
        for state in (draft.case.items[item],)
        if (due != state.due or by.get(item) != state.by) and (due is not None or not plan.is_limit(item))
    }
    if moved:
        draft.emit(e.DueMoved(moved, because, {item: clock for item, clock in by.items() if item in moved}))
