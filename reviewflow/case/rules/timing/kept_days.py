"""Days that a hold moved or somebody gave: they stay where their rule would have moved them, and that is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import due_day


def kept_days(plan: Plan, before: Case, after: Case, calendars: Calendars) -> dict[str, date]:
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now.

    `before` and `after` are the case without and with a date that was set or corrected.
    """
    ruled = {
        item: (due_day(plan, _by_rule(before, item), item, calendars), day)
        for item, state in before.items.items()
        if state.status in {Status.OPEN, Status.PENDING} and state.fixed and state.due
        if (day := due_day(plan, _by_rule(after, item), item, calendars)) is not None
    }
    return {item: day for item, (was, day) in ruled.items() if was != day and day != before.items[item].due}


def _by_rule(case: Case, item: str) -> Case:
    return replace(case, items={**case.items, item: replace(case.items[item], fixed=False)})
