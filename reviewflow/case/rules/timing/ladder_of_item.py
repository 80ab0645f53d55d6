"""When each rung of a ladder falls due for one item, counted from its due day and from the day its owner was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from reviewflow.calendar import OFFICE, Calendars, Span, shift
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.before import as_theirs
from reviewflow.case.rules.timing.counted_in import days_of_ladder
from reviewflow.case.rules.timing.due_dates import working_target
from reviewflow.case.rules.timing.hours import counted_hours, is_hours
from reviewflow.case.rules.timing.told import (
    FirstTold,
    escalating_rungs,
    is_after_noon,
    may_escalate_from,
    told_on,
    waits_for_owner,
)
from reviewflow.language.model import Ladder, Rung
from reviewflow.language.structure.outside import writes_outside
from reviewflow.london import LONDON, at_clock, london_day


class RungTime(NamedTuple):
    """A message of a ladder and when it falls due."""

    number: int
    """Counted from 0 over the whole ladder; each repetition of a rung has a number of its own.

    Of one that tells the owner: how many of the ladder's messages count as passed with it.
    """
    when: datetime
    """In UTC."""
    tells_owner: bool = False
    """It tells the owner that the work is theirs, before the ladder goes on; none of the ladder's own messages."""


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


def in_hours(rung: Rung) -> bool:
    """Whether a rung is counted in hours: it is not moved to a working day, and waits for nobody."""
    return isinstance(rung.when.span, Span) and is_hours(rung.when.span)


def time_in_hours(rung: Rung, state: Item, calendars: Calendars, *, at_its_end: bool) -> datetime:
    """The moment, in UTC, of a rung that is counted in hours from the due day, at its time of day where it has one.

    `at_its_end`: hours after a whole day begin when it is over.
    """
    span, begins = rung.when.span, state.due
    assert isinstance(span, Span)
    assert begins is not None
    if state.by is None and at_its_end and not rung.when.before:
        begins += timedelta(days=1)
    start = at_clock(begins, state.by)
    return counted_hours(start, span, calendars[OFFICE], before=rung.when.before).astimezone(UTC)


def ladder_of_item(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars, send_at: time) -> LadderOfItem:
    """The ladder of an open item with a due day, and all that the times of its rungs are counted from."""
    ladder, state = plan.ladder(step_of(item)), as_theirs(case, state)
    assert ladder is not None
    assert state.due is not None
    target = working_target(plan, case, item, state.due, calendars)
    if writes_outside(ladder):
        target = max(target, state.opened or target)  # a body outside is reminded of no day from before it was asked
    waits = waits_for_owner(plan, case, item) and not _never_waits(ladder)
    waits = waits and bool(recipients(("owner",), plan, case, item))
    told = told_on(plan, case, item, state) if waits else None
    escalating = escalating_rungs(plan, case, item, ladder) if waits else frozenset[int]()
    days = days_of_ladder(plan, case, item, calendars)
    ends = edition.hours_after_a_day_begin_at_its_end(case)
    return LadderOfItem(ladder, state, target, days, send_at, waits, told, escalating, ends)


def _told_by(when: datetime) -> FirstTold:
    return FirstTold(london_day(when), is_after_noon(when))


def _never_waits(ladder: Ladder) -> bool:
    """Whether a ladder counts hours, says that it is urgent, or thanks and invites rather than escalates."""
    return ladder.urgent is True or ladder.recognition or any(map(in_hours, ladder.rungs))


@dataclass(frozen=True)
class LadderOfItem:
    """What the times of an item's rungs are counted from."""

    ladder: Ladder
    state: Item
    target: date
    calendars: Calendars
    send_at: time
    waits: bool
    """Escalations wait until the owner has been told, and has had a working day."""
    told: FirstTold | None
    """When the owner was told; None when nobody has told them yet, or nothing waits for that."""
    escalating: frozenset[int]
    """The places of the rungs that escalate, where escalations wait."""
    hours_begin_at_the_end: bool
    """Hours after a day without a time of day begin when that is over, and not with its first minute."""

    @cached_property
    def begins_late(self) -> bool:
        """Whether the work could begin only after its due day."""
        opened, due = self.state.opened, self.state.due
        return self.waits and opened is not None and due is not None and opened > due

    @cached_property
    def tells_owner(self) -> RungTime | None:
        """The message that tells the owner that it is theirs, where no reminder of the ladder does so in time."""
        if not self.waits or self.told is not None:
            return None
        if self.begins_late and self.state.opened is not None:
            day = self.calendars[OFFICE].on_or_after(self.state.opened)
            return RungTime(
                self.state.rungs, datetime.combine(day, self.send_at, LONDON).astimezone(UTC), tells_owner=True
            )
        for place, rung, numbers in self.ladder.numbered():
            if numbers.stop <= self.state.rungs or self._is_left_out(rung, when := self._nominal(rung)):
                continue
            if place in self.escalating and not in_hours(rung):
                return RungTime(max(numbers.start, self.state.rungs), when, tells_owner=True)
            if "owner" in rung.to:
                return None
        return None

    @cached_property
    def expected(self) -> FirstTold | None:
        """When the owner was told, or will be as things stand; None where nothing waits for that."""
        if not self.waits or self.told is not None:
            return self.told
        if self.tells_owner is not None:
            return _told_by(self.tells_owner.when)
        for _, rung, numbers in self.ladder.numbered():
            when = self._nominal(rung)
            if numbers.stop > self.state.rungs and "owner" in rung.to and not self._is_left_out(rung, when):
                return _told_by(when)
        return None

    @cached_property
    def counts_from(self) -> date | None:
        """The day of the telling from which the later rungs are counted; None where the due day alone counts."""
        if self.state.told_late is not None or self.tells_owner is None:
            return self.state.told_late if self.waits else None
        return london_day(self.tells_owner.when)

    def must_wait(self, message: RungTime) -> bool:
        """Whether it may not go out yet, because it escalates and nobody has told the owner."""
        if not self.waits or self.told is not None or message.tells_owner:
            return False
        place = next(place for place, _, numbers in self.ladder.numbered() if message.number in numbers)
        return place in self.escalating

    def of_rung(self, rung: Rung, numbers: range, following: tuple[Rung, ...]) -> Iterator[RungTime]:
        """Its messages that have not gone out, until the next rung begins."""
        if self.state.rungs >= numbers.stop:
            return
        first = self.begins(rung)
        for number in range(max(self.state.rungs, numbers.start), numbers.stop):
            again = number - numbers.start
            when = self._again(first, rung, again)
            if again and any(when >= self.begins(later_rung) for later_rung in following):
                return
            if not self._is_left_out(rung, when):
                yield RungTime(number, when)

    def begins(self, rung: Rung) -> datetime:
        """The moment, in UTC, of the first message of a rung."""
        told, late, is_after = self.expected, self.counts_from, rung.when.span is not None and not rung.when.before
        if told is None or in_hours(rung):
            return self._nominal(rung)
        base = max(late, self.target) if late is not None and is_after else self.target
        when = rung_time(rung, base, self.calendars, self.send_at)
        if self.ladder.rungs.index(rung) not in self.escalating:
            return when
        return max(when, _instant(may_escalate_from(told, self.calendars), rung, self.send_at))

    def _nominal(self, rung: Rung) -> datetime:
        """Counted from the due day alone."""
        if in_hours(rung):
            return time_in_hours(rung, self.state, self.calendars, at_its_end=self.hours_begin_at_the_end)
        return rung_time(rung, self.target, self.calendars, self.send_at)

    def _again(self, first: datetime, rung: Rung, again: int) -> datetime:
        """The moment of a rung's n-th repetition, counted from its first."""
        if rung.repeat is None or not again:
            return first
        every = replace(rung.repeat.every, amount=rung.repeat.every.amount * again)
        if is_hours(every):
            return counted_hours(first, every, self.calendars[OFFICE], before=False).astimezone(UTC)
        office = self.calendars[OFFICE]
        return _instant(office.on_or_after(shift(london_day(first), every, office)), rung, self.send_at)

    def _is_left_out(self, rung: Rung, when: datetime) -> bool:
        """Whether it fell before the item was opened: a reminder ahead, or of work that began late all but the later.

        A reminder in hours may still go on the day of the opening.
        """
        opened, day = self.state.opened, london_day(when)
        if opened is None or (rung.when.span is not None and not rung.when.before):
            return False
        if in_hours(rung):
            return day < opened
        return self.begins_late or (rung.when.before and day <= opened)
