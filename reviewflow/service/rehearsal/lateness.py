"""Why a step is late in a rehearsal: in days of its own calendar, and by what it had to wait for."""

from __future__ import annotations

from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.service.rehearsal.played import Played


def done_late(played: Played, case: Case, item: str, state: Item) -> str:
    """That it was done after its due day, by how much, and what it waited for until then; '' when it was in time."""
    if not (state.due and state.done and state.done > state.due):
        return ""
    late = late_words(played, item, state.due, state.done)
    words = f"done late, on {state.done:%a} {state.done.day} {state.done:%b} ({late})"
    last = _came_last(played, case, item)
    waited = last and state.opened is not None and state.opened > state.due
    return f"{words}, for it waits for “{last}”" if waited else words


def late_words(played: Played, item: str, due: date, done: date) -> str:
    """How late it was done, in days of the calendar that it counts in: '5 working days'."""
    calendar = days_of(played.setting.plan, played.case, item, played.setting.calendars)
    return calendar.in_days(max(calendar.working_days_between(due, done), 1))


def _came_last(played: Played, case: Case, item: str) -> str:
    """The title of what was done last of all that an item waits for; '' where it waits for nothing."""
    plan = played.setting.plan
    done = {
        other: day for other in plan.waits_for(item, case) if other in case.items and (day := case.items[other].done)
    }
    return plan.definition.title(step_of(max(done, key=lambda other: done[other]))) if done else ""
