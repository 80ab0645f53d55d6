"""To which meeting a step invites its owners, and on which day that is."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import due_day


def meeting_of(plan: Plan, item: str) -> str:
    """The step with the meeting to which the owner of this item is invited; '' where it is no invitation."""
    step = plan.steps.get(step_of(item))
    return (step.invites_to or "") if step is not None else ""


def day_of_meeting(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """The day of the meeting that an item invites to; None while it is not fixed, or where it is no invitation."""
    meeting = meeting_of(plan, item)
    if not meeting:
        return None
    state = case.items.get(meeting)
    return state.due if state is not None and state.due else due_day(plan, case, meeting, calendars)


def is_called_off(case: Case, meeting: str) -> bool:
    """Whether the meeting will not be: it was skipped, is not needed any more, or its case is over."""
    state = case.items.get(meeting)
    if state is not None and state.status in {Status.DONE, Status.NO_MORE}:
        return False
    fell = state is not None and state.status in {Status.SKIPPED, Status.NOT_NEEDED, Status.WITHDRAWN}
    return fell or case.status is not CaseStatus.OPEN
