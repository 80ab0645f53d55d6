"""When each message of an item's ladder falls due."""

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
from reviewflow.case.rules.timing.hours import hours_from, is_hours
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.language.model import WITHOUT_END, Ladder, Rung, Until
from reviewflow.london import LONDON, at_clock

ARRIVED = frozenset({"acknowledged", "need_more_time", "draft_received"})
"""The responses from which it follows that the request has arrived."""
SHOWN = 5
"""How many messages a timetable shows of a rung that repeats until the work is done."""


class RungTime(NamedTuple):
    """A message of a ladder and when it falls due."""

    number: int
    """Counted from 0 over the whole ladder; each repetition of a rung has a number of its own."""
    when: datetime
    """In UTC."""


def rung_time(rung: Rung, target: date, calendars: Calendars, send_at: time) -> datetime:
    """The moment, in UTC, at which a rung falls due: on an office's working day, at the rung's time or `send_at`."""
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
    """The moment of a rung that counts hours, which is not moved to a working day; None for one that counts days."""
    span = rung.when.span
    if span is None or state.due is None or not is_hours(span):
        return None
    return hours_from(at_clock(state.due, state.by), span, before=rung.when.before)


def _again(first: datetime, rung: Rung, again: int, calendars: Calendars, send_at: time) -> datetime:
    """The moment of a rung's n-th repetition, counted from its first."""
    if rung.repeat is None or not again:
        return first
    every = replace(rung.repeat.every, amount=rung.repeat.every.amount * again)
    if is_hours(every):
        return hours_from(first, every, before=False)
    office = calendars[OFFICE]
    return _instant(office.on_or_after(shift(_day(first), every, office)), rung, send_at)


def _day(when: datetime) -> date:
    return when.astimezone(LONDON).date()


def _opened_since(rung: Rung, when: datetime, opened: date) -> bool:
    """Whether the item was opened after this reminder ahead of its day; one in hours may still go on the same day."""
    day = _day(when)
    return day < opened if rung.when.span is not None and is_hours(rung.when.span) else day <= opened


def rung_times(plan: Plan, item: str, state: Item, calendars: Calendars, send_at: time) -> Iterator[RungTime]:
    """The messages of an item's ladder that have not gone out, the next one first.

    Left out are a reminder ahead of the due day that lies before the day on which the item was opened, and one that
    only asks whether the request has arrived, once somebody has responded. While the item is snoozed all wait for the
    end of that. A rung that repeats until the work is done gives very many: take no more than are needed.
    """
    for number, when in _falling(plan, item, state, calendars, send_at):
        awake = datetime.combine(state.snoozed_until, send_at, LONDON).astimezone(UTC) if state.snoozed_until else when
        yield RungTime(number, max(when, awake))


def fallen_due(coming: Iterable[RungTime], now: datetime) -> list[RungTime]:
    """Those that have fallen due, the earliest first."""
    return list(takewhile(lambda message: message.when <= now, coming))


def highest_after_downtime(due: Sequence[RungTime]) -> tuple[Sequence[RungTime], RungTime | None]:
    """Of the messages that have fallen due, those that are passed over, and the one that goes out: the highest rung.

    After a week's outage nobody gets a week of reminders at once. The history says which were passed over.
    Source: the project's own rule (design, decision 4); no guidance says how often to chase.
    """
    return (due[:-1], due[-1]) if due else ((), None)


def for_timetable(ladder: Ladder, coming: Iterable[RungTime]) -> Iterator[RungTime]:
    """Those that a timetable shows: of a rung that repeats until the work is done, the first five."""
    for message in coming:
        rung, again = ladder.turn(message.number)
        if rung.most < WITHOUT_END or again < SHOWN:
            yield message
        elif rung is ladder.rungs[-1]:
            return


def rungs_passed(plan: Plan, item: str, state: Item, now: datetime, *, calendars: Calendars) -> int:
    """How many messages of its ladder count as passed when somebody responds now: all up to the end of the day."""
    today, passed = _day(now), state.rungs
    for number, when in _falling(plan, item, state, calendars, time()):
        rung = plan.rung(step_of(item), number)
        hourly = rung.when.span is not None and is_hours(rung.when.span)
        if not ((when <= now) if hourly else (_day(when) <= today)):
            break
        passed = number + 1
    return passed


def _falling(plan: Plan, item: str, state: Item, calendars: Calendars, send_at: time) -> Iterator[RungTime]:
    if state.due is None or state.status is not Status.OPEN or (ladder := plan.ladder(step_of(item))) is None:
        return
    times = _LadderOfItem(state, working_target(plan, item, state.due, calendars), calendars, send_at)
    silence = silence_counts(plan, item, state)
    for place, rung, numbers in ladder.numbered():
        if rung.until is Until.ACKNOWLEDGED and not ARRIVED.isdisjoint(state.responses):
            continue
        for number, when in times.of_rung(rung, numbers, ladder.rungs[place + 1 : place + 2]):
            if silence is not None and when >= silence:
                break
            yield RungTime(number, when)


@dataclass(frozen=True, slots=True)
class _LadderOfItem:
    """What the times of an item's rungs are counted from."""

    state: Item
    target: date
    calendars: Calendars
    send_at: time

    def of_rung(self, rung: Rung, numbers: range, following: tuple[Rung, ...]) -> Iterator[RungTime]:
        """Its messages that have not gone out, until the next rung begins."""
        state = self.state
        if state.rungs >= numbers.stop:
            return
        first = self.begins(rung)
        for number in range(max(state.rungs, numbers.start), numbers.stop):
            again = number - numbers.start
            when = _again(first, rung, again, self.calendars, self.send_at)
            if again and any(when >= self.begins(later_rung) for later_rung in following):
                return
            if not (rung.when.before and state.opened and _opened_since(rung, when, state.opened)):
                yield RungTime(number, when)

    def begins(self, rung: Rung) -> datetime:
        return _by_the_hour(rung, self.state) or rung_time(rung, self.target, self.calendars, self.send_at)
