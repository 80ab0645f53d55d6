"""The next message about an item that goes out by itself: which, to whom, and when it leaves the building."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.ladder_of_item import RungTime
from reviewflow.case.rules.timing.rungs import message_of, next_to_send, rung_times
from reviewflow.service.messages.departure import leaves_at
from reviewflow.service.workspace.context import CaseContext


@dataclass(frozen=True, slots=True)
class ComingMessage:
    """A message of a ladder that has not gone yet."""

    item: str
    rung: RungTime
    message: str
    to: tuple[str, ...]
    leaves: datetime
    """In UTC; a mailbox that has had its letter of that day gets it on the next office day."""


def coming_message(context: CaseContext, item: str) -> ComingMessage | None:
    """None for what has no ladder, is not owed, is held, or of which every message has gone."""
    state = context.case.items.get(item)
    if state is None or not is_chased(context, item, state):
        return None
    rung = _rung(context, item, state)
    return None if rung is None else as_it_goes(context, item, rung)


def is_chased(context: CaseContext, item: str, state: Item) -> bool:
    """Whether messages go out about it by themselves as things stand."""
    return (
        context.case.status is CaseStatus.OPEN
        and context.plan.ladder(step_of(item)) is not None
        and state.status is Status.OPEN
        and state.due is not None
        and not state.to_decide
        and not stopped_by(context.plan, context.case, item)
        and not leader_of(context.plan, context.case, item)
    )


def as_it_goes(context: CaseContext, item: str, rung: RungTime) -> ComingMessage:
    """A rung of an item as the message that leaves the building."""
    message, to = message_of(context.plan, context.case, item, rung)
    leaves = leaves_at(context.partnership, context.calendars, item, max(rung.when, context.now))
    return ComingMessage(item, rung, message, tuple(to), leaves)


def _rung(context: CaseContext, item: str, state: Item) -> RungTime | None:
    at = context.partnership.send_at
    _, sent = next_to_send(
        context.plan, context.case, item, state, context.now, calendars=context.calendars, send_at=at
    )
    coming = islice(rung_times(context.plan, context.case, item, state, context.calendars, at), 1)
    return sent or next(coming, None)
