"""When each message of a ladder falls due, for something owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from reviewflow.calendar import Calendars, shift
from reviewflow.case.dates import working_target
from reviewflow.case.hours import LONDON, at_clock, is_hours, later
from reviewflow.case.plan import OFFICE, Plan
from reviewflow.case.silence import silence_counts
from reviewflow.case.state import Item, Status, step_of
from reviewflow.language.model import Call, Ladder, Rung, Until

ARRIVED = frozenset({"acknowledged", "need_more_time", "draft_received"})
"""The answers from which it follows that the request has arrived."""


class Coming(NamedTuple):
    """A message of a ladder, counted from 0, and when it falls due."""

    number: int
    when: datetime


def rung_time(rung: Rung, target: date, calendars: Calendars, send_at: time) -> datetime:
    """The instant at which a rung falls due: on a working day of the office, at the rung's time or the office's."""
    office = calendars[OFFICE]
    if rung.when.span is None:
        day = office.on_or_before(target)
    elif rung.when.before:
        day = office.on_or_before(shift(target, rung.when.span, office, before=True))
    else:
        day = office.on_or_after(shift(target, rung.when.span, office))
    return _instant(day, rung, send_at)


def _instant(day: date, rung: Rung, send_at: time) -> datetime:
    return datetime.combine(day, rung.at or send_at, LONDON).astimezone(UTC)


def _by_the_hour(rung: Rung, held: Item) -> datetime | None:
    """The instant of a rung that counts hours: it is not moved to a working day. None for those that count days."""
    span = rung.when.span
    if span is None or held.due is None or not is_hours(span):
        return None
    return later(at_clock(held.due, held.by), span, before=rung.when.before)


def _again(first: datetime, call: Call, calendars: Calendars, send_at: time) -> datetime:
    """The instant of a rung's n-th repetition, counted from when it first fell."""
    repeat = call.rung.repeat
    if repeat is None or not call.again:
        return first
    every = replace(repeat.every, amount=repeat.every.amount * call.again)
    if is_hours(every):
        return later(first, every, before=False)
    office = calendars[OFFICE]
    return _instant(office.on_or_after(shift(_day(first), every, office)), call.rung, send_at)


def _day(when: datetime) -> date:
    return when.astimezone(LONDON).date()


def _opened_since(rung: Rung, when: datetime, opened: date) -> bool:
    """Whether the work was opened after a reminder ahead of it; one by the hour may still go on the same day."""
    day = _day(when)
    return day < opened if rung.when.span is not None and is_hours(rung.when.span) else day <= opened


def rung_times(plan: Plan, item: str, held: Item, calendars: Calendars, send_at: time) -> Iterator[Coming]:
    """The messages of an item's ladder that are still to come, each with when it falls due.

    A reminder ahead of time that lies before the day the work was opened is no reminder: it falls away. So does one
    that only asks whether the request has arrived, once somebody has said so. While it is snoozed all wait for its end.
    """
    for number, when in _falling(plan, item, held, calendars, send_at):
        awake = datetime.combine(held.snoozed, send_at, LONDON).astimezone(UTC) if held.snoozed else when
        yield Coming(number, max(when, awake))


def passed_by(plan: Plan, item: str, held: Item, now: datetime, *, calendars: Calendars) -> int:
    """How much of its ladder is passed when somebody answers now: nothing more goes out on that day."""
    today, passed = _day(now), held.rungs
    for number, when in _falling(plan, item, held, calendars, time()):
        rung = plan.calls(step_of(item))[number].rung
        hourly = rung.when.span is not None and is_hours(rung.when.span)
        if (when <= now) if hourly else (_day(when) <= today):
            passed = number + 1
    return passed


def _falling(plan: Plan, item: str, held: Item, calendars: Calendars, send_at: time) -> Iterator[Coming]:
    if held.due is None or held.status is not Status.OPEN:
        return
    ladder = plan.ladder(step_of(item))
    if ladder is None:
        return
    target, silence = working_target(plan, item, held.due, calendars), silence_counts(plan, item, held)
    for number, call in enumerate(ladder.calls[held.rungs :], start=held.rungs):
        rung = call.rung
        first = _by_the_hour(rung, held) or rung_time(rung, target, calendars, send_at)
        when = _again(first, call, calendars, send_at)
        too_early = rung.when.before and held.opened and _opened_since(rung, when, held.opened)
        answered = rung.until is Until.ACKNOWLEDGED and not ARRIVED.isdisjoint(held.heard)
        over = call.again and _is_overtaken(ladder, call, when, held, target, calendars=calendars, send_at=send_at)
        if not (too_early or answered or over) and (silence is None or when < silence):
            yield Coming(number, when)


def _is_overtaken(
    ladder: Ladder, call: Call, when: datetime, held: Item, target: date, *, calendars: Calendars, send_at: time
) -> bool:
    """Whether the next rung has come by the time a repetition would."""
    following = ladder.rungs[call.place + 1 : call.place + 2]
    return any(when >= (_by_the_hour(rung, held) or rung_time(rung, target, calendars, send_at)) for rung in following)
