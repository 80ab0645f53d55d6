"""Due days counted anew when what they count from has changed."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import CUT_SHORT, Status
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clocks


def recount(draft: Draft, because: str) -> None:
    """Count the due days of open items anew, and of limits that were met; changes are one event with this reason.

    A limit keeps its day while the step that it counts from is done again. Nothing in a case that was cut short.
    """
    plan = draft.plan
    if draft.case.status in CUT_SHORT:
        return
    counting = [
        item
        for item, state in draft.case.items.items()
        if state.status is Status.OPEN or (plan.is_limit(item) and state.status is Status.DONE)
    ]
    by = clocks(plan, draft.case, counting)
    moved = {
        item: due
        for item in counting
        for state in (draft.case.items[item],)
        if ((due := due_day(plan, draft.case, item, draft.calendars)) != state.due or by.get(item) != state.by)
        and (due is not None or not plan.is_limit(item))
    }
    if moved:
        draft.emit(e.DueMoved(moved, because, {item: clock for item, clock in by.items() if item in moved}))
