"""Why a step is late in a rehearsal: in days of its own calendar, and by what it had to wait for."""

from __future__ import annotations

from datetime import timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.london import at_clock
from reviewflow.service.rehearsal.played import Played
from reviewflow.text import counted


def done_late(played: Played, case: Case, item: str, state: Item) -> str:
    """That it was done after its due day, by how much, and what it waited for until then; '' when it was in time."""
    if not (state.due and state.done and is_over(state.due, state.by, state.done, state.at)):
        return ""
    late = late_words(played, item, state)
    words = f"done late, on {state.done:%a} {state.done.day} {state.done:%b} ({late})"
    last = _came_last(played, case, item)
    waited = last and state.opened is not None and state.opened > state.due
    return f"{words}, for it waits for “{last}”" if waited else words


def late_words(played: Played, item: str, state: Item) -> str:
    """How late it was done, in days of the calendar that it counts in: '5 working days'; on its own day in hours."""
    due, done = state.due, state.done
    assert due is not None
    assert done is not None
    if due == done and state.by is not None and state.at is not None:
        hours = (at_clock(done, state.at) - at_clock(due, state.by)) // timedelta(hours=1)
        return counted(hours, "hour") if hours else "less than an hour"
    calendar = days_of(played.setting.plan, played.case, item, played.setting.calendars)
    return calendar.in_days(max(calendar.working_days_between(due, done), 1))


def _came_last(played: Played, case: Case, item: str) -> str:
    """The title of what was done last of all that an item waits for; '' where it waits for nothing."""
    plan = played.setting.plan
    done = {
        other: day for other in plan.waits_for(item, case) if other in case.items and (day := case.items[other].done)
    }
    return plan.definition.title(step_of(max(done, key=lambda other: done[other]))) if done else ""
