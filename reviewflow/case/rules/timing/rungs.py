"""When each message of a ladder falls due, for something owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import takewhile
from typing import NamedTuple

from reviewflow.calendar import OFFICE, Calendars, shift
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import working_target
from reviewflow.case.rules.timing.hours import is_hours, later
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.language.model import WITHOUT_END, Ladder, Rung, Until
from reviewflow.london import LONDON, at_clock

ARRIVED = frozenset({"acknowledged", "need_more_time", "draft_received"})
"""The answers from which it follows that the request has arrived."""


SHOWN = 5
"""How many messages a timetable shows of what comes again until the work is done."""


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


def _by_the_hour(rung: Rung, state: Item) -> datetime | None:
    """The instant of a rung that counts hours: it is not moved to a working day. None for those that count days."""
    span = rung.when.span
    if span is None or state.due is None or not is_hours(span):
        return None
    return later(at_clock(state.due, state.by), span, before=rung.when.before)


def _again(first: datetime, rung: Rung, again: int, calendars: Calendars, send_at: time) -> datetime:
    """The instant of a rung's n-th repetition, counted from when it first fell."""
    if rung.repeat is None or not again:
        return first
    every = replace(rung.repeat.every, amount=rung.repeat.every.amount * again)
    if is_hours(every):
        return later(first, every, before=False)
    office = calendars[OFFICE]
    return _instant(office.on_or_after(shift(_day(first), every, office)), rung, send_at)


def _day(when: datetime) -> date:
    return when.astimezone(LONDON).date()


def _opened_since(rung: Rung, when: datetime, opened: date) -> bool:
    """Whether the work was opened after a reminder ahead of it; one by the hour may still go on the same day."""
    day = _day(when)
    return day < opened if rung.when.span is not None and is_hours(rung.when.span) else day <= opened


def rung_times(plan: Plan, item: str, state: Item, calendars: Calendars, send_at: time) -> Iterator[Coming]:
    """The messages of an item's ladder that are still to come, each with when it falls due, the next one first.

    A reminder ahead of time that lies before the day the work was opened is no reminder: it falls away. So does one
    that only asks whether the request has arrived, once somebody has said so. While it is snoozed all wait for its
    end. What comes again until the work is done comes very often: take no more than are wanted.
    """
    for number, when in _falling(plan, item, state, calendars, send_at):
        awake = datetime.combine(state.snoozed, send_at, LONDON).astimezone(UTC) if state.snoozed else when
        yield Coming(number, max(when, awake))


def fallen(coming: Iterable[Coming], now: datetime) -> list[Coming]:
    """Those that have fallen due."""
    return list(takewhile(lambda each: each.when <= now, coming))


def highest_after_downtime(due: Sequence[Coming]) -> tuple[Sequence[Coming], Coming | None]:
    """Of the messages that have fallen due, those that are passed over, and the one that goes out: the highest rung.

    After a week's outage nobody gets a week of reminders at once. The history says which were passed over.
    Source: the project's own rule (design, decision 4); no guidance says how often to chase.
    """
    return (due[:-1], due[-1]) if due else ((), None)


def ahead(ladder: Ladder, coming: Iterable[Coming]) -> Iterator[Coming]:
    """Those that a timetable shows: of what comes again until the work is done, the first few."""
    for each in coming:
        rung, again = ladder.turn(each.number)
        if rung.most < WITHOUT_END or again < SHOWN:
            yield each
        elif rung is ladder.rungs[-1]:
            return


def passed_by(plan: Plan, item: str, state: Item, now: datetime, *, calendars: Calendars) -> int:
    """How much of its ladder is passed when somebody answers now: nothing more goes out on that day."""
    today, passed = _day(now), state.rungs
    for number, when in _falling(plan, item, state, calendars, time()):
        rung = plan.rung(step_of(item), number)
        hourly = rung.when.span is not None and is_hours(rung.when.span)
        if not ((when <= now) if hourly else (_day(when) <= today)):
            break
        passed = number + 1
    return passed


def _falling(plan: Plan, item: str, state: Item, calendars: Calendars, send_at: time) -> Iterator[Coming]:
    if state.due is None or state.status is not Status.OPEN or (ladder := plan.ladder(step_of(item))) is None:
        return
    turn = _Turn(state, working_target(plan, item, state.due, calendars), calendars, send_at)
    silence = silence_counts(plan, item, state)
    for place, rung, numbers in ladder.numbered():
        if rung.until is Until.ACKNOWLEDGED and not ARRIVED.isdisjoint(state.heard):
            continue
        for number, when in turn.of_rung(rung, numbers, ladder.rungs[place + 1 : place + 2]):
            if silence is not None and when >= silence:
                break
            yield Coming(number, when)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A ladder at work on one item."""

    held: Item
    target: date
    calendars: Calendars
    send_at: time

    def of_rung(self, rung: Rung, numbers: range, following: tuple[Rung, ...]) -> Iterator[Coming]:
        """Its messages that have not gone out, until the next rung comes."""
        state = self.held
        if state.rungs >= numbers.stop:
            return
        first = self.begins(rung)
        for number in range(max(state.rungs, numbers.start), numbers.stop):
            again = number - numbers.start
            when = _again(first, rung, again, self.calendars, self.send_at)
            if again and any(when >= self.begins(each) for each in following):
                return
            if not (rung.when.before and state.opened and _opened_since(rung, when, state.opened)):
                yield Coming(number, when)

    def begins(self, rung: Rung) -> datetime:
        return _by_the_hour(rung, self.held) or rung_time(rung, self.target, self.calendars, self.send_at)
