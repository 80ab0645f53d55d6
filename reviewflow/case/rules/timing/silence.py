"""Silence that counts as agreed: when it begins to count."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.london import LONDON


def silence_counts(plan: Plan, item: str, state: Item) -> datetime | None:
    """The moment, in UTC, at which silence counts: the end of the due day. None where it does not count.

    It does not count for an item that was opened after its due day, which stays overdue, nor while a response waits for
    the office to decide.
    """
    step = plan.steps.get(step_of(item))
    if step is None or step.silence is None or state.due is None or state.status is not Status.OPEN:
        return None
    if state.to_decide or (state.opened is not None and state.opened > state.due):
        return None
    return datetime.combine(state.due + timedelta(days=1), time(), LONDON).astimezone(UTC)
