"""What is stored together with a command's events: changed items, their next chase, notices, automatic steps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import events as e
from reviewflow.case.model.arranged import Delegation, Placed
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.snapshot import dump
from reviewflow.case.model.state import CUT_SHORT, FINISHED, Case, CaseStatus, Item, Status, is_open
from reviewflow.case.rules.endings_by_time import day_of_ending
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.linked_cases import opening_of, round_of, start_of, started_by
from reviewflow.case.rules.links.in_linked import may_wait_for_each_other
from reviewflow.case.rules.links.looked_at_again import item_of_link
from reviewflow.case.rules.meetings.together import concerned, leader_of
from reviewflow.language.built_in_messages import NOW_OWED
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.london import stamp
from reviewflow.service.messages.promised import promised
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import CaseRow, Change, ItemRow, JobKind, NewEvent, NewJob


def build_change(
    context: CaseContext,
    row: CaseRow,
    before: Case | None,
    events: Sequence[e.Event],
    *,
    by: str,
    on: str,
    key: str | None,
    signed_in: str = "",
) -> Change:
    """All that one transaction stores.

    `signed_in` is who gave the answer, as a proxy knows them: kept as an event more, whose name can be erased.

    `context.case` is the case after the events, `before` the case before them, None for a new one. `on` is the day as
    ISO text on which the command took effect.
    """
    return Change(
        case=row,
        events=(
            *(NewEvent(event.KIND, e.encode(event), by, effective_day(event, on)) for event in events),
            *((NewEvent(e.SignedIn.KIND, e.encode(e.SignedIn()), signed_in, on),) if signed_in else ()),
        ),
        state=dump(context.case),
        status=context.case.status,
        items=(*_item_rows(context, before), *_rows_aside(context, before)),
        recorded_at=stamp(context.now),
        notices=tuple(promised(context, events)),
        jobs=(*_jobs(context, before, events), *_shared(context, before, events)),
        withdraw=(
            *withdrawn_items(context, before, events),
            *(event.request for event in events if isinstance(event, e.AskedLate) and not event.stands),
        ),
        key=key,
    )


def effective_day(event: e.Event, on: str) -> str:
    """The day, as ISO text, from which an event counts: its own where it says one, else that of its command."""
    match event:
        case e.AnsweredLate(done=day) | e.SilenceUndone(done=day):
            return day.isoformat()
        case e.Completed(done=day) | e.LimitMet(done=day) | e.AgreedBySilence(done=day) | e.CountedBySilence(done=day):
            return day.isoformat()
        case _:
            return on


def _item_rows(context: CaseContext, before: Case | None) -> Iterator[ItemRow]:
    old = before.items if before else {}
    anew = before is not None and _what_chases_follow(context.case) != _what_chases_follow(before)
    for item, state in context.case.items.items():
        if state is not old.get(item) or (anew and state.status not in FINISHED):
            when = next_chase(context.plan, context.case, item, context.calendars, context.partnership.send_at)
            yield ItemRow(
                item=item,
                kind="limit" if context.plan.is_limit(item) else "step",
                status=state.status if context.case.status not in CUT_SHORT else Status.WITHDRAWN,
                owner=context.plan.owner(item, context.case),
                round=state.round,
                due=state.due.isoformat() if state.due else None,
                next_chase=stamp(when) if when else None,
            )


_Follows = tuple[CaseStatus, Mapping[str, Placed], int, Mapping[str, Delegation], str, Mapping[str, str]]


def _what_chases_follow(case: Case) -> _Follows:
    """What the next chase of every item follows from, besides the item: the version, with its ladders, among it."""
    return case.status, case.holds, case.rules, case.delegated, case.definition, case.led


def _rows_aside(context: CaseContext, before: Case | None) -> Iterator[ItemRow]:
    """Rows beside the items, by which the sweep finds holds, links, and endings that time alone brings."""
    yield from _hold_rows(context, before)
    yield from _link_rows(context, before)
    yield from _ending_rows(context)


def _hold_rows(context: CaseContext, before: Case | None) -> Iterator[ItemRow]:
    """A row for each hold that changed, beside the items, so that the sweep finds when it is to be reviewed."""
    old = before.holds if before else {}
    over = context.case.status is not CaseStatus.OPEN
    for name in {**old, **context.case.holds}:
        placed = context.case.holds.get(name)
        if placed != old.get(name) or over:
            when = next_chase(
                context.plan, context.case, LookAgain.HOLD.of(name), context.calendars, context.partnership.send_at
            )
            yield ItemRow(
                item=LookAgain.HOLD.of(name),
                kind="hold",
                status=Status.OPEN if placed else Status.DONE,
                owner="",
                round=1,
                due=placed.review.isoformat() if placed and placed.review else None,
                next_chase=stamp(when) if when else None,
            )


def _link_rows(context: CaseContext, before: Case | None) -> Iterator[ItemRow]:
    """A row for each link with a day to look again, where that or what its reminder hangs on changed."""
    old = before.related if before else {}
    anew = before is not None and _what_chases_follow(context.case) != _what_chases_follow(before)
    for reference in {**old, **context.case.related}:
        was, link = old.get(reference), context.case.related.get(reference)
        days = [each.review for each in (was, link) if each is not None]
        if not any(days) or not (anew or was != link):
            continue
        item = item_of_link(reference)
        when = next_chase(context.plan, context.case, item, context.calendars, context.partnership.send_at)
        yield ItemRow(
            item=item,
            kind="link",
            status=Status.OPEN if link and link.review else Status.DONE,
            owner="",
            round=1,
            due=link.review.isoformat() if link and link.review else None,
            next_chase=stamp(when) if when else None,
        )


def _ending_rows(context: CaseContext) -> Iterator[ItemRow]:
    """A row for each ending that time alone brings, so that the sweep finds when its day is over."""
    for name in context.plan.endings_by_time:
        item = LookAgain.ENDING.of(name)
        when = next_chase(context.plan, context.case, item, context.calendars, context.partnership.send_at)
        day = day_of_ending(context.plan, context.case, name, context.calendars)
        yield ItemRow(
            item=item,
            kind="ending",
            status=Status.OPEN if when else Status.DONE,
            owner="",
            round=1,
            due=day.isoformat() if when and day else None,
            next_chase=stamp(when) if when else None,
        )


def _jobs(context: CaseContext, before: Case | None, events: Sequence[e.Event]) -> Iterator[NewJob]:
    for event in events:
        if isinstance(event, e.DocumentAsked):
            yield NewJob(event.item, JobKind.MAKE, json.dumps({"document": event.document}))
        if isinstance(event, e.LateForeseen | e.LimitBreached) and event.document:
            yield NewJob(event.item, JobKind.MAKE, json.dumps({"document": event.document}))
        if isinstance(event, e.RunAsked):
            yield NewJob(event.item, JobKind.RUN, json.dumps({"deployment": event.deployment}))
        if (
            isinstance(event, e.CaseEnded)
            and start_of(context.plan, event.ending)
            and event.ending not in context.case.links
        ):
            yield NewJob(event.ending, JobKind.START, _start_body(context, event.ending))
    for item in dict.fromkeys(_begun(context, before, events)):
        step = context.plan.steps.get(step_of(item))
        if step is not None and step.start is not None and not started_by(context.case, item):
            yield NewJob(item, JobKind.START, _start_body(context, item))


def _begun(context: CaseContext, before: Case | None, events: Sequence[e.Event]) -> Iterator[str]:
    """What is owed from now on; of a case that was over and goes on, all that is owed: none of it was begun."""
    for event in events:
        if isinstance(event, e.ItemsOpened):
            yield from event.items
        elif isinstance(event, e.OwedAfterRound):
            yield event.item
    if before is not None and before.status in CUT_SHORT and context.case.status is CaseStatus.OPEN:
        yield from (item for item in context.case.items if is_open(context.case, item))


def _shared(context: CaseContext, before: Case | None, events: Sequence[e.Event]) -> Iterator[NewJob]:
    """What is done together, or waited for, is carried over afterwards between the case that leads and the others."""
    is_anew = before is None or any(isinstance(event, e.Migrated) for event in events)
    treated = concerned(context.plan, before, context.case, is_anew=is_anew)
    waiting = may_wait_for_each_other(context.plan, before, context.case, is_anew=is_anew)
    for leader, follower in dict.fromkeys((*treated, *waiting)):
        yield NewJob("", JobKind.SHARE, json.dumps({"follower": follower, "leader": leader}))


def _start_body(context: CaseContext, item: str) -> str:
    return json.dumps(asked_to_start(context, item), sort_keys=True)


def asked_to_start(context: CaseContext, item: str) -> dict[str, object]:
    """Which case an item asks for as things stand, as it is stored with the job."""
    process, opening = opening_of(context.plan, context.case, item, context.calendars)
    dates = {name: day.isoformat() for name, day in opening.dates.items()}
    asked: dict[str, object] = {"agencies": [*opening.agencies], "dates": dates, "process": process}
    if opening.times:
        asked["times"] = {name: clock.isoformat() for name, clock in opening.times.items()}
    if opening.calendar:
        asked["calendar"] = opening.calendar
    nth, of = round_of(context.case, item)
    if nth is not None and of is not None:
        asked |= {"nth": nth, "of": of.isoformat()}
    return asked


def withdrawn_items(context: CaseContext, before: Case | None, events: Sequence[e.Event]) -> Iterator[str]:
    """Items whose queued notices are withdrawn: answered, held, over, with another post, or due on another day.

    A letter to a contact waits on, on whatever day it was to go, until it is released, refused, held or not needed any
    more, or another is written in its place.
    """
    after, released = context.case, {event.item for event in events if isinstance(event, e.LetterReleased)}
    if before is not None and after.status in CUT_SHORT and before.status not in CUT_SHORT:
        yield from before.items
        return
    passed_on = {item for event in events if isinstance(event, e.Delegated | e.DelegationEnded) for item in event.items}
    passed_on |= {event.item for event in events if isinstance(event, e.OwnerTold) and event.message == NOW_OWED}
    is_over_now = before is not None and before.status is CaseStatus.OPEN and after.status is not CaseStatus.OPEN
    for item, state in before.items.items() if before else ():
        if state.status is not Status.OPEN:
            continue
        now = after.items[item]
        if _is_letter_to_contact(context, item):
            if (now.status is not Status.OPEN or now.round != state.round) and item not in released:
                yield item
            continue
        stale = now.status is not Status.OPEN or is_over_now or now.due != state.due
        stale = stale or bool(stopped_by(context.plan, after, item)) or _responded(state, now) or item in passed_on
        stale = stale or bool(leader_of(context.plan, after, item))
        if stale:
            yield item


def _is_letter_to_contact(context: CaseContext, item: str) -> bool:
    step = context.plan.steps.get(step_of(item))
    return step is not None and bool(contact_written_to(step))


def _responded(before: Item, after: Item) -> bool:
    """Whether somebody responded, or had the reminders postponed."""
    return _responses(before) != _responses(after)


def _responses(item: Item) -> tuple[Mapping[str, date], str, date | None]:
    return item.responses, item.to_decide, item.snoozed_until
