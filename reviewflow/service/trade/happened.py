"""What happened since a moment, and what stands today, as events for others to react to.

An event has the same id however often it is told. Nothing is told of what did not happen.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.london import london_day, stamp
from reviewflow.service.board.facts.shapes import Glance, OwedRow
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import RecordedEvent

OPENED, CLOSED, HELD, RELEASED = "case.opened", "case.closed", "case.held", "case.released"
AT_RISK, ON_COURSE, MISSED = "limit.at-risk", "limit.on-course", "limit.missed"
OVERDUE, ESCALATED, FAILED = "item.overdue", "item.escalated", "notice.failed"
KINDS: Mapping[str, str] = {
    "Opened": OPENED,
    "CaseClosed": CLOSED,
    "CaseEnded": CLOSED,
    "CaseWithdrawn": CLOSED,
    "HoldPlaced": HELD,
    "HoldReleased": RELEASED,
    "LateForeseen": AT_RISK,
    "WellAgain": ON_COURSE,
    "LimitBreached": MISSED,
    "Chased": ESCALATED,
    "Undelivered": FAILED,
}
"""The name of what happened, by the kind of the stored event."""
_OURS = uuid.UUID("7d0e4a52-6a0f-5f5e-9c39-6d1c3c1f8a10")


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened in a case."""

    name: str
    reference: str
    key: str
    """The same for the same thing."""
    item: str = ""
    """The id of what it is about, as it may be shown."""
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The same however often it is told."""
        return str(uuid.uuid5(_OURS, f"{self.name}/{self.reference}/{self.key}"))


def recorded_since(workspace: Workspace, moment: datetime, *, now: datetime) -> Iterator[Happened]:
    """What was recorded at a moment or after it, in its order."""
    contexts: dict[str, CaseContext] = {}
    for row in workspace.store.recent_events(stamp(moment)):
        if row.kind not in KINDS:
            continue
        case = workspace.store.load(row.reference) if row.reference not in contexts else None
        if case is not None:
            contexts[row.reference] = workspace.context(case, now)
        if context := contexts.get(row.reference):
            yield from _of_event(context, row)


def _of_event(context: CaseContext, row: RecordedEvent) -> Iterator[Happened]:
    event = e.decode(row.kind, row.body)
    if isinstance(event, e.Chased) and not _is_escalated(context, event):
        return
    item, hold = str(getattr(event, "item", "")), str(getattr(event, "hold", ""))
    known = step_of(item) in context.plan.steps or context.plan.is_limit(item)
    title = redacted_title(context, item) if known else _hold_title(context, hold)
    shown = shown_item(context.plan, item) if known else hold
    yield Happened(KINDS[row.kind], row.reference, str(row.number), shown, title)


def _hold_title(context: CaseContext, hold: str) -> str:
    return context.plan.holds[hold].title if hold in context.plan.holds else ""


def _is_escalated(context: CaseContext, event: e.Chased) -> bool:
    """Whether somebody else than the owner of a piece of work was told."""
    if step_of(event.item) not in context.plan.steps:
        return False
    owner = context.plan.owner(event.item, context.case)
    whose = Recipient.parse(owner).name if owner else ""
    return any(Recipient.parse(post).name != whose for post in event.to)


def overdue_today(workspace: Workspace, seen: Iterable[Glance], *, now: datetime) -> Iterator[Happened]:
    """What is overdue, once for each of its working days; to be told on the first look of a day."""
    today = london_day(now)
    for case in seen:
        for row in case.late:
            calendar = workspace.calendars.get(row.calendar)
            if calendar is None or calendar.is_working_day(today):
                yield _overdue(row)


def _overdue(row: OwedRow) -> Happened:
    labels = {"reviewflow.days-overdue": str(row.days), "reviewflow.owner": row.agency or row.who}
    return Happened(OVERDUE, row.reference, f"{row.item}/{row.due}/{row.days}", row.item, row.what, labels)
