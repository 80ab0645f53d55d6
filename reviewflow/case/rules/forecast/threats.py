"""What on the way may be late, and how likely it is that a limit is met all the same.

Each step has some days that it may take beyond its own day: the days until the limit ends, and what those that come
after it can make good. One that is late takes a third more of the days that it was given. So each of the steps that are
left counts as a part of one that must not be late; what is done side by side counts once, as its worst.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import prod

from reviewflow.calendar import Calendar
from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.forecast.days import later, working_days
from reviewflow.case.rules.forecast.projection import HURRY, Projection
from reviewflow.case.rules.forecast.punctuality import Punctuality
from reviewflow.case.rules.forecast.shapes import FIXED, Because

LATER_BY = 1 / 3
"""What part of the days that it was given late work takes further, a day at least."""
AT_MOST_LATER = 10
"""And usually no more than two weeks."""
FARTHEST = 400
"""So many working days are looked ahead at most."""


@dataclass(frozen=True, slots=True)
class Threat:
    """One item of a person on the way to a limit."""

    step: str
    spare: int
    """How many days after its own day it may be done if the limit is to be met on the day that is foreseen for it."""
    early: int
    """How many days before its own day it is foreseen."""
    usually: float
    """How many days late work is on average that is late at all; 0 where its day ends it."""
    is_overdue: bool

    def is_over(self, more: int) -> bool:
        """Whether the limit is not met even if this keeps its day, or is done as early as it is foreseen."""
        return not self.is_overdue and self.spare + more < -self.early

    def too_late(self, more: int) -> float:
        """How likely it is that this is too late, if it is late, for a limit met so many days later than foreseen."""
        spare = self.spare + more
        if self.usually == 0:
            return float(spare < 0)
        return (1 - 1 / (1 + self.usually)) ** spare if spare > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely it is that a limit is met by a day, if the rest of its case takes one course."""

    threats: tuple[Threat, ...]
    punctual: Punctuality
    today: date
    foreseen: int
    """In how many days of its calendar it is foreseen to be met."""
    calendar: Calendar

    def by(self, days: int) -> float:
        """How likely it is that it is met in so many days from today."""
        more = days - self.foreseen
        if any(threat.is_over(more) for threat in self.threats):
            return 0.0
        worst: dict[str, float] = {}
        for threat in self.threats:
            if not threat.is_overdue:
                worst[threat.step] = max(worst.get(threat.step, 0.0), threat.too_late(more))
        overdue = prod(1 - threat.too_late(more) for threat in self.threats if threat.is_overdue)
        return overdue * self.punctual.all_kept(sum(worst.values()))

    def day(self, share: float) -> date:
        """The first day by which it is as likely as this that it is met."""
        return later(self.calendar, self.today, bisect_left(range(FARTHEST), share, key=self.by))


def chances(course: Projection, items: Iterable[str], punctual: Punctuality, calendar: Calendar) -> Chances:
    """Those of a limit that these items meet, of which one at least is still to be done."""
    ends = {item: course.days[item].day for item in items if item in course.days}
    last = max(ends.values())
    spare = _spare(course, {item: working_days(calendar, day, last) for item, day in ends.items()}, calendar)
    threats = tuple(_threats(course, spare, calendar))
    return Chances(threats, punctual, course.today, working_days(calendar, course.today, last), calendar)


def _spare(course: Projection, ends: Mapping[str, int], calendar: Calendar) -> Mapping[str, int]:
    """By item on the way, how many days later than foreseen it may be done without moving the day of the last."""
    spare = dict(ends)
    for item in reversed(course.days):
        if item not in spare:
            continue
        begun, makes_good = course.begins(item), _makes_good(course, item, calendar)
        for before in course.after[item]:
            waits = working_days(calendar, course.days[before].day, begun)
            least = spare[item] + makes_good + waits
            spare[before] = min(spare.get(before, least), least)
    return spare


def _makes_good(course: Projection, item: str, calendar: Calendar) -> int:
    """How many days later it can begin and still be done on its day.

    All until its day for what is done on a set day; work with a day of its own hurries; other work takes its time.
    """
    step, plan = step_of(item), course.plan
    length = working_days(calendar, course.begins(item), course.days[item].day)
    rule = plan.steps[step].due
    if plan.is_automatic(step) or course.days[item].because in FIXED or course.is_appointed(step):
        return length
    if rule is None or any(anchor.name in plan.steps for part in rule.parts for anchor in part.anchors):
        return 0
    return max(0, length - max(1, round(HURRY * min(length, plan.lengths[step]))))


def _threats(course: Projection, spare: Mapping[str, int], calendar: Calendar) -> Iterator[Threat]:
    for item, days in spare.items():
        step = step_of(item)
        if not course.plan.is_automatic(step) and item not in course.passed_over:
            yield _threat(course, item, days, calendar)


def _threat(course: Projection, item: str, spare: int, calendar: Calendar) -> Threat:
    link, usually = course.days[item], _usually(course, item, calendar)
    if link.because is Because.OVERDUE:
        ahead = working_days(calendar, course.today, link.day)
        return Threat(step_of(item), spare + ahead, 0, max(usually, ahead), is_overdue=True)
    early = _early(course, item, calendar)
    return Threat(step_of(item), spare - early, max(early, 0), usually, is_overdue=False)


def _early(course: Projection, item: str, calendar: Calendar) -> int:
    """How many days before its own day it is foreseen; negative for what is foreseen late although it need not be."""
    due, link = course.own_days[item], course.days[item]
    if due is None or course.is_appointed(step_of(item)):
        return 0
    early = working_days(calendar, link.day, max(due, course.begins(item)))
    return max(0, early) if link.because in FIXED else early


def _usually(course: Projection, item: str, calendar: Calendar) -> float:
    state, step = course.real.items.get(item), course.plan.steps[step_of(item)]
    if step.silence is not None:
        return 0.0
    given = course.plan.lengths[step_of(item)]
    if item in course.under_way and state is not None and state.opened is not None and state.due is not None:
        given = working_days(calendar, state.opened, state.due)
    return min(AT_MOST_LATER, max(1.0, LATER_BY * given))
