"""What must be stored together with a command's events: changed items, their next chase, notices, automatic steps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from reviewflow.case.handlers.chasing import next_chase
from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import dump
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus, Item, Status, step_of
from reviewflow.case.rules.holds import REVIEW, stopped_by
from reviewflow.case.rules.linked_cases import opening_of, start_of
from reviewflow.london import stamp
from reviewflow.service.messages.notices import addressed
from reviewflow.service.workspace.context import Desk
from reviewflow.store.records import CaseRow, Change, ItemRow, NewEvent, NewJob, NewNotice

START, MAKE, RUN = "start", "make", "run"
"""The kinds of what must follow: a linked case, a document, a Prefect deployment."""


def change(
    desk: Desk, row: CaseRow, before: Case | None, events: Sequence[e.Event], *, by: str, on: str, key: str | None
) -> Change:
    """One transaction's worth. `desk.case` is the case after the events; `before` is None for a new one."""
    return Change(
        case=row,
        events=tuple(NewEvent(event.KIND, e.encode(event), by, _effective(event, on)) for event in events),
        state=dump(desk.case),
        status=desk.case.status,
        items=(*_item_rows(desk, before), *_hold_rows(desk, before)),
        recorded_at=stamp(desk.now),
        notices=tuple(notices(desk, events)),
        jobs=tuple(_jobs(desk, events)),
        withdraw=tuple(_answered(desk, before)),
        key=key,
    )


def _effective(event: e.Event, on: str) -> str:
    match event:
        case e.Completed(done=day) | e.LimitMet(done=day) | e.AgreedBySilence(done=day):
            return day.isoformat()
        case _:
            return on


def _item_rows(desk: Desk, before: Case | None) -> Iterator[ItemRow]:
    old = before.items if before else {}
    ended = before is not None and (desk.case.status, desk.case.holds) != (before.status, before.holds)
    for item, held in desk.case.items.items():
        if held is not old.get(item) or (ended and held.status is Status.OPEN):
            when = next_chase(desk.plan, desk.case, item, desk.calendars, desk.partnership.send_at)
            yield ItemRow(
                item=item,
                kind="limit" if desk.plan.is_limit(item) else "step",
                status=held.status if desk.case.status not in CUT_SHORT else Status.WITHDRAWN,
                owner=desk.plan.owner(item, desk.case),
                round=held.round,
                due=held.due.isoformat() if held.due else None,
                next_chase=stamp(when) if when else None,
            )


def _hold_rows(desk: Desk, before: Case | None) -> Iterator[ItemRow]:
    """What is to be looked at again stands beside the work, so that the sweep finds it."""
    old = before.holds if before else {}
    over = desk.case.status is not CaseStatus.OPEN
    for name in {**old, **desk.case.holds}:
        placed = desk.case.holds.get(name)
        if placed != old.get(name) or over:
            when = next_chase(desk.plan, desk.case, f"{REVIEW}{name}", desk.calendars, desk.partnership.send_at)
            yield ItemRow(
                item=f"{REVIEW}{name}",
                kind="hold",
                status=Status.OPEN if placed else Status.DONE,
                owner="",
                round=1,
                due=placed.review.isoformat() if placed and placed.review else None,
                next_chase=stamp(when) if when else None,
            )


def notices(desk: Desk, events: Sequence[e.Event]) -> Iterator[NewNotice]:
    """Written when the message is promised, so that a repeat says the same."""
    for event in events:
        match event:
            case (
                e.MessageSent(item, message, to)
                | e.Chased(item, _, _, message, to)
                | e.ChasedByHand(item, _, message, to)
                | e.NoticeSent(item, message, to)
                | e.DecisionDue(item, message, to)
            ):
                yield from addressed(desk, item, message, to, urgent=step_of(item) in desk.partnership.breaks_daily)
            case e.LateForeseen(item, message=message, to=to) | e.BackOnCourse(item, message=message, to=to) if message:
                yield from addressed(desk, item, message, to, urgent=False)
            case e.HoldReviewDue(hold, message, to):
                yield from addressed(desk, f"{REVIEW}{hold}", message, to, urgent=False)


def _jobs(desk: Desk, events: Sequence[e.Event]) -> Iterator[NewJob]:
    for event in events:
        if isinstance(event, e.DocumentAsked):
            yield NewJob(event.item, MAKE, json.dumps({"document": event.document}))
        if isinstance(event, e.LateForeseen | e.LimitBreached) and event.document:
            yield NewJob(event.item, MAKE, json.dumps({"document": event.document}))
        if isinstance(event, e.RunAsked):
            yield NewJob(event.item, RUN, json.dumps({"deployment": event.deployment}))
        if isinstance(event, e.CaseEnded) and start_of(desk.plan, event.ending) and event.ending not in desk.case.links:
            yield NewJob(event.ending, START, _start_body(desk, event.ending))
        if isinstance(event, e.ItemsOpened):
            for item in event.items:
                step = desk.plan.steps.get(step_of(item))
                if step is not None and step.start is not None and item not in desk.case.links:
                    yield NewJob(item, START, _start_body(desk, item))


def _start_body(desk: Desk, item: str) -> str:
    process, opening = opening_of(desk.plan, desk.case, item, desk.calendars)
    dates = {name: day.isoformat() for name, day in opening.dates.items()}
    return json.dumps({"process": process, "dates": dates, "agencies": opening.agencies}, sort_keys=True)


def _answered(desk: Desk, before: Case | None) -> Iterator[str]:
    """Items about which nothing queued may be sent any more: answered, held, over, or due on another day than said."""
    after = desk.case
    if before is not None and after.status in CUT_SHORT and before.status not in CUT_SHORT:
        yield from before.items
        return
    for item, held in before.items.items() if before else ():
        if held.status is not Status.OPEN:
            continue
        now = after.items[item]
        stale = now.status is not Status.OPEN or after.status is not CaseStatus.OPEN or now.due != held.due
        stale = stale or bool(stopped_by(desk.plan, after, item)) or _responded(held, now)
        if stale:
            yield item


def _responded(before: Item, after: Item) -> bool:
    """Whether somebody answered, or had the reminders put off."""
    told = (before.heard, before.deciding, before.snoozed), (after.heard, after.deciding, after.snoozed)
    return told[0] != told[1]
