"""A hundred courses that the rest of a case may take: by item, on which day each of them has it done.

Days are counted from today in the calendar of a limit. An item is drawn after all that it waits for: it begins when the
last of that is done. Its owner is late as often as it is known to be; work in time takes a part of the days that are
given for it, late work some days beyond them, in proportion to them. What is overdue is late already. The same case
always gives the same courses: what is drawn for an item hangs on its name alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import add, sub

from reviewflow.calendar import Calendar
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item
from reviewflow.case.rules.forecast.days import counted_on, working_days
from reviewflow.case.rules.forecast.draws import (
    COURSES,
    EVEN,
    NONE,
    UNEVEN,
    Days,
    beyond,
    draws,
    in_time,
    spread,
    usually_beyond,
    waits,
)
from reviewflow.case.rules.forecast.lengths import Work
from reviewflow.case.rules.forecast.open_work import FURTHER
from reviewflow.case.rules.forecast.projection import Projection
from reviewflow.case.rules.forecast.punctuality import Punctuality
from reviewflow.case.rules.forecast.shapes import FIXED, Because
from reviewflow.case.rules.forecast.stops import later_by

SELDOM = 0.1
"""However seldom work in time takes as long as this has taken already: so often it is in time all the same."""
UNPLANNED = 2
"""So many working days are given for work that has no day."""
PARTS = 20
"""In so many steps it is asked what part of its days work in time takes."""


@dataclass(frozen=True)
class Drawn:
    """The courses of one projection."""

    course: Projection
    punctual: Punctuality
    calendar: Calendar
    alike: Mapping[str, Days] = field(default_factory=dict)
    """By item, what is known from another course in which all that comes before it is the same."""

    def by(self, items: Sequence[str], share: float, less: Days = NONE) -> date:
        """The day by which so large a share of the courses has all of these done that are still to be done.

        Sooner by so many days in each course.
        """
        days = sorted(map(sub, self.last_of(items), less))
        return counted_on(self.calendar, self.course.today, days[max(0, round(share * COURSES) - 1)])

    def last_of(self, items: Sequence[str]) -> Days:
        """By course, when all of these are done that are still to be done."""
        return _latest([self.ends[item] for item in items if item in self.ends])

    def stands(self, clock: str, state: Item, items: Sequence[str]) -> Days:
        """By course, so many days later a clock ends because it stands still before these are done."""
        reached = self.last_of(items)
        return self._stood(clock, state, self.ends, reached) if state.due is not None else NONE

    @cached_property
    def ends(self) -> Mapping[str, Days]:
        """By item that is still to be done, when it is in each course."""
        ends = dict(self.alike)
        for item in self.course.days:
            if item not in ends:
                ends[item] = self._ends(item, _latest([ends[other] for other in self.course.after[item]]))
                if item in self.course.stopped:
                    ends[item] = self._once_it_goes_on(item, ends)
        return ends

    def _once_it_goes_on(self, item: str, ends: Mapping[str, Days]) -> Days:
        """When work is done whose own clock is foreseen to stand still meanwhile."""
        stood = self._stood(item, self.course.real.items[item], ends, ends[item])
        return list(map(add, ends[item], stood))

    def _stood(self, item: str, state: Item, ends: Mapping[str, Days], reached: Days) -> Days:
        first = [self._number(state.due or self.course.today)] * COURSES
        due: Days = first
        for ahead in self.course.clock(item).drawn_anew(state, self.calendar):
            began, ended = (_latest([ends[other] for other in items]) for items in (ahead.began, ahead.ended))
            due = list(map(add, due, later_by(ahead, began, ended, due, reached)))
        return list(map(sub, due, first))

    def _ends(self, item: str, ready: Days) -> Days:
        link = self.course.days[item]
        if item in self.course.passed_over:
            return ready
        if self.course.plan.is_automatic(step_of(item)):
            runs = max(0, self._number(link.day) - self._begins(item))
            return [day + runs for day in ready]
        worked = self._worked(item, ready)
        if link.because not in FIXED and link.because is not Because.HELD:
            return worked
        first = self._number(link.day)
        return [max(first, day) for day in worked]

    def _worked(self, item: str, ready: Days) -> Days:
        """When a person has done it."""
        state = self.course.real.items.get(item)
        if step_of(item) in self.course.plan.appointed:
            return self._on_its_day(item, ready)
        if item not in self.course.under_way or state is None:
            return self._to_come(item, ready)
        if state.due is None:
            return [self._number(self.course.days[item].day)] * COURSES
        opened = self._number(state.opened or self.course.today)
        if state.due < self.course.today:
            return self._overdue(item, opened, self._number(state.due))
        return self._under_way(item, opened, self._number(max(state.due, state.asked_until or state.due)))

    def _on_its_day(self, item: str, ready: Days) -> Days:
        """What is done on a set day: on that or, where it can begin only after it, at once; or late."""
        own, given = self._own(item), max(0, self._given(item))
        days = (
            [day + given for day in ready]
            if step_of(item) in self.course.plan.dated_by_steps
            else [max(day, own) for day in ready]
        )
        drawn = draws(item)
        for course in drawn.late_ones(self._late_share(item)):
            days[course] += beyond(given, UNEVEN[drawn.how_late[course]])
        return days

    def _overdue(self, item: str, opened: int, due: int) -> Days:
        """As late work takes, or longer: the longer it has waited, the longer it will. Silence that counts ends it."""
        if self.course.plan.steps[step_of(item)].silence is not None:
            return [self._number(self.course.days[item].day)] * COURSES
        usually = max(usually_beyond(due - opened), FURTHER * -due)
        return [waits(usually, UNEVEN[place]) for place in draws(item).how_late]

    def _under_way(self, item: str, opened: int, due: int) -> Days:
        """In time or late: the more of its days have passed, the likelier it is late.

        In time it takes one of the parts of its days that have not passed yet.
        """
        given, drawn, share = due - opened, draws(item), self._late_share(item)
        parts = [in_time(spread(self.punctual.pace, number / PARTS) * given, given) for number in range(1, PARTS)]
        left = [part + opened for part in parts if part + opened >= 0] or [max(0, due)]
        kept = (1 - share) * max(SELDOM, len(left) / len(parts))
        days = [left[int(EVEN[place] * len(left))] for place in drawn.how_slow]
        for course in drawn.late_ones(share / (share + kept)):
            days[course] = due + beyond(given, UNEVEN[drawn.how_late[course]])
        return days

    def _to_come(self, item: str, ready: Days) -> Days:
        """So long after it can begin as its owner takes: late, or in time at the pace of such work."""
        length, usual = self.course.plan.lengths[step_of(item)], self.course.plan.usual.get(step_of(item))
        work = Work(length, usual, self.punctual.pace, self._late_share(item))
        return list(map(add, ready, work.takes(self._gives(item, ready), draws(item))))

    def _gives(self, item: str, ready: Days) -> Days:
        """How many days each course gives for it: until its own day, or as many as if it began when it is foreseen."""
        if self.course.own_days[item] is None or step_of(item) in self.course.plan.dated_by_steps:
            return [self._given(item)] * COURSES
        own = self._own(item)
        return [own - day for day in ready]

    def _given(self, item: str) -> int:
        """The days from the day on which it is foreseen to begin until its own; negative where that has passed."""
        if self.course.own_days[item] is None:
            return max(UNPLANNED, round(self.course.plan.lengths[step_of(item)]))
        return self._own(item) - self._begins(item)

    def _own(self, item: str) -> int:
        day = self.course.own_days[item]
        return self._begins(item) if day is None else self._number(day)

    def _begins(self, item: str) -> int:
        return max(0, self._number(self.course.begins(item)))

    def _late_share(self, item: str) -> float:
        """How likely its owner is late; never where its day ends it, or it has none."""
        if self.course.own_days[item] is None or self.course.plan.steps[step_of(item)].silence is not None:
            return 0.0
        return self.punctual.late_share(self.course.plan.owner(item, self.course.case))

    def _number(self, day: date) -> int:
        """How many days of the calendar a day is from today; negative before it."""
        return working_days(self.calendar, self.course.today, day)


def _latest(before: Sequence[Days]) -> Days:
    """In each course, the last of these days; today where there are none."""
    if len(before) > 1:
        return list(map(max, *before))
    return before[0] if before else [0] * COURSES
