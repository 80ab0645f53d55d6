"""How quickly a case has gone so far, and so how quickly what is left of it is foreseen to go."""

from __future__ import annotations

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import working_days
from reviewflow.case.rules.timing.counted_in import days_of

AS_PLANNED = 10.0
"""So many working days as planned are added to what was done, so that a first quick answer says little."""
QUICKEST, SLOWEST = 0.5, 1.3
"""However a case has gone, what is left is foreseen to take no less than half, and no more than a third more."""


def pace_so_far(plan: Plan, case: Case, calendars: Calendars) -> float:
    """What part of the days that its plan gives the work of people has taken so far: 1 as planned, 0.5 half of them."""
    taken = planned = AS_PLANNED
    for item, state in case.items.items():
        step = plan.steps.get(step_of(item))
        length = plan.lengths[step_of(item)] if step is not None and step.owner is not None else 0.0
        if length > 0 and state.status is Status.DONE and state.opened is not None and state.done is not None:
            calendar = days_of(plan, case, item, calendars)
            taken, planned = taken + max(0, working_days(calendar, state.opened, state.done)), planned + length
    return min(SLOWEST, max(QUICKEST, taken / planned))
