"""Silence that counts as agreed: when it begins to count."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.london import LONDON


def silence_counts(plan: Plan, item: str, state: Item) -> datetime | None:
    """The moment at which the due day has ended; None where silence says nothing, or is no more waited for.

    Of what was opened when its day was over nobody had time to speak: that stays overdue. Nor is it silence when an
    answer was given on which nobody has decided yet.
    """
    step = plan.steps.get(step_of(item))
    if step is None or step.silence is None or state.due is None or state.status is not Status.OPEN:
        return None
    if state.deciding or (state.opened is not None and state.opened > state.due):
        return None
    return datetime.combine(state.due + timedelta(days=1), time(), LONDON).astimezone(UTC)
