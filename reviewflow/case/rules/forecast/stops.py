"""Clocks that are foreseen to stand still later in a course: what the file stops is not late meanwhile.

A stop is foreseen where the course leads through the steps that begin and end it, or where these are owed by a day.
What has no day and leads nowhere is foreseen for none, and what is foreseen not to be needed stops nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap
from typing import NamedTuple

from reviewflow.calendar import Calendar, CalendarHorizonError, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import working_days
from reviewflow.case.rules.forecast.draws import Days
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.standstills import Standstill, goes_on_to, standstills


class Ahead(NamedTuple):
    """A standstill that is foreseen, as far as it is drawn anew in each course."""

    began: tuple[str, ...]
    """The items that are still to be done before the clock stops."""
    ended: tuple[str, ...]
    """Those before it goes on."""
    again: int | None
    """How many days of its calendar the clock counts when it begins again; None where it goes on."""


@dataclass(frozen=True)
class Clock:
    """The clock of an item in a course: what is foreseen to stop it, and when it ends then."""

    plan: Plan
    real: Case
    case: Case
    """With all done that is foreseen so far."""
    calendars: Calendars
    item: str
    own_days: Mapping[str, date | None]
    """By item that is still to be done, the day by which it is owed."""
    passed_over: Collection[str]

    def stops(self) -> list[Standstill]:
        """Those of which something is still to be done, in their order."""
        ahead = (stop for stop in standstills(self.plan, self.case, self.item) if self._is_ahead(stop.name))
        return sorted(ahead, key=lambda stop: stop.first)

    def ends(self, state: Item, reached: date) -> Iterator[tuple[Standstill, date]]:
        """Each that begins before it has ended, and before `reached`, with the day on which it then ends."""
        case, day = self.real, state.due or reached
        for stop in self.stops():
            if stop.first > min(day, reached):
                return
            rule = self.plan.stands_still[stop.name]
            done = {item: self.case.items[item] for item in (*self._items(rule.since), *self._items(rule.until))}
            case = replace(case, items={**case.items, **done})
            day = self._after(case, state, day, stop)
            yield stop, day

    def lost(self, stop: Standstill, calendar: Calendar) -> int:
        """How many days of a calendar a standstill takes."""
        return working_days(calendar, stop.first - timedelta(days=1), stop.last or stop.first)

    def drawn_anew(self, state: Item, calendar: Calendar) -> Iterator[Ahead]:
        """What each course needs to know of each."""
        for stop in self.stops():
            rule = self.plan.stands_still[stop.name]
            began, ended = self._items(rule.since), self._items(rule.until)
            again = None
            if rule.begins_again and stop.last is not None:
                again = working_days(calendar, stop.last, self._after(self.case, state, stop.last, stop))
            yield Ahead(self._to_do(began), self._to_do(ended), again)

    def _after(self, case: Case, state: Item, day: date, stop: Standstill) -> date:
        """When it ends after a standstill, if it ended on `day` without; as far as calendars go."""
        by_rule = replace(case, items={**case.items, self.item: replace(state, fixed=False)})
        plain = self.calendars[counted_in(self.plan, case, step_of(self.item)).calendar]
        try:
            by_its_rule = due_day(self.plan, by_rule, self.item, self.calendars) or day
            return goes_on_to(self.plan, self.item, day, stop, by_its_rule, plain) if state.fixed else by_its_rule
        except CalendarHorizonError:
            return max(day, plain.last_day)

    def _is_ahead(self, name: str) -> bool:
        rule = self.plan.stands_still[name]
        began, ended = self._to_do(self._items(rule.since)), self._to_do(self._items(rule.until))
        both = (*began, *ended)
        return bool(began) and all(self._is_foreseen(item) for item in both)

    def _is_foreseen(self, item: str) -> bool:
        leads = any(step_of(item) in self.plan.ancestors[step] for step in self._about)
        return item not in self.passed_over and (leads or self.own_days[item] is not None)

    @property
    def _about(self) -> tuple[str, ...]:
        """The steps that it is about: of a limit those that meet it."""
        name = step_of(self.item)
        return self.plan.limits[name].steps if name in self.plan.limits else (name,)

    def _items(self, step: str) -> tuple[str, ...]:
        return tuple(self.plan.items(step, self.real))

    def _to_do(self, items: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(item for item in items if item in self.own_days)


def later_by(ahead: Ahead, began: Days, ended: Days, due: Days, reached: Days) -> Days:
    """By course, so many days later a clock that ends on `due` does: where it is stopped before that, and before it is
    reached.
    """

    def later(first: int, last: int, end: int, met: int) -> int:
        if first > min(end, met):
            return 0
        return max(0, last + ahead.again - end if ahead.again is not None else last - first + 1)

    return list(starmap(later, zip(began, ended, due, reached, strict=True)))
