"""The days on which everything happens when each step is done on its due day, or as soon as it can be.

The days themselves are counted by `calendar.due_on`, as those of a case are. What is worked out here, once for a
process, is the order in which they can be counted, so that a thousand first days take a second and not a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from reviewflow.calendar import OFFICE, Calendars, Landing, NamedDay, Span, Unit, due_on
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.circles import counted_from
from reviewflow.language.model import OPENED, Limit, Step
from reviewflow.language.phrases import Anchor, AsMany, DayRule, Due, OneOf
from reviewflow.language.structure import graph
from reviewflow.language.structure.calendars import CHOSEN

Days = list[date]
Count = Callable[[Days], date]
START = 0
"""Everything that a case opens with stands at one place: the first."""
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class _Counted:
    count: Count
    needs: tuple[int, ...]
    """The places before it from which it is counted."""


@dataclass(frozen=True, slots=True)
class Leading:
    """What is counted, and in which order, to know some of the days."""

    size: int
    counts: tuple[tuple[int, Count], ...]

    def days_from(self, start: date) -> Days:
        """Those days by place, when everything begins on this one; raises CalendarHorizonError."""
        days = [start] * self.size
        for place, count in self.counts:
            days[place] = count(days)
        return days


@dataclass
class Course:
    """Where each day of a process stands among its days; None for one that nobody can know beforehand."""

    subject: Subject
    calendars: Calendars
    chosen: str = OFFICE
    """The calendar that is chosen for the case, where the process lets one be chosen."""
    left_out: frozenset[str] = frozenset()
    """Steps that do not happen, with all that hangs on them: what counts from one has no day."""
    counted: dict[Hashable, dict[date, date]] = field(default_factory=dict)
    """What was counted already, by how and from which day; processes of one office count alike, so they share it."""
    _places: dict[Hashable, int | None] = field(default_factory=dict, init=False)
    _counts: list[_Counted] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        for name in graph.order(self.subject.steps):  # so that a chain of a thousand steps nests no deeper than one
            self.step(name)

    def leading_to(self, places: Iterable[int]) -> Leading:
        """What must be counted to know the days at these places, and no more."""
        wanted = set(places)
        for place in range(len(self._counts), START, -1):
            if place in wanted:
                wanted.update(self._counts[place - 1].needs)
        return Leading(
            len(self._counts) + 1, tuple((place, self._counts[place - 1].count) for place in sorted(wanted - {START}))
        )

    def step(self, name: str) -> int:
        if name in self.left_out:
            return START
        place = self._once(("step", name), lambda: self._step(self.subject.steps[name]))
        return START if place is None else place

    def limit(self, name: str) -> int | None:
        return self._once(("limit", name), lambda: self._limit(self.subject.process.limits[name]))

    def _once(self, key: Hashable, place: Callable[[], int | None]) -> int | None:
        if key not in self._places:
            self._places[key] = None  # what counts from itself has no day
            self._places[key] = place()
        return self._places[key]

    def _added(self, count: Count, *needs: int) -> int:
        self._counts.append(_Counted(count, needs))
        return len(self._counts)

    def _step(self, step: Step) -> int:
        calendar = self._nearest(step.calendar)
        before = [self.step(name) for name in step.after if name in self.subject.steps]
        return self._latest([START, *before, *(self._rule(rule, calendar, landing) for rule, landing in _rules(step))])

    def decided_by(self, name: str, days: Days) -> str | None:
        """Of the steps before it, one for which this step has its day and not an earlier one; None for none."""
        step, day = self.subject.steps[name], days[self.step(name)]
        calendar = self._nearest(step.calendar)
        for other in step.after:
            if other in self.subject.steps and other not in self.left_out and days[self.step(other)] == day:
                return other
        for rule, landing in _rules(step):
            for part in rule.parts if rule is not None else ():
                place = self._rule(part, calendar, landing)
                if (
                    place is not None
                    and days[place] == day
                    and (root := self.root(part.anchor.name)) not in {None, name}
                ):
                    return root
        return None

    def root(self, counted: str) -> str | None:
        """The step that a day counts from, through dates and limits; None where it counts from an opening date."""
        seen, ahead = set[str](), [counted]
        while ahead:
            name = ahead.pop(0)
            if name in self.subject.steps:
                return name
            ahead += counted_from(self.subject, name) if name not in seen else ()
            seen.add(name)
        return None

    def _nearest(self, stated: str | None) -> str:
        """The calendar that counts: the one stated, else the process's, else the office's."""
        nearest = stated or self.subject.process.calendar or OFFICE
        return self.chosen if nearest == CHOSEN else nearest

    def _latest(self, places: Iterable[int | None]) -> int:
        known = tuple(sorted({place for place in places if place is not None}))
        if len(known) == 1:
            return known[0]
        latest = self._once(("latest", known), lambda: self._added(_picked(max, known), *known))
        return START if latest is None else latest

    def _limit(self, limit: Limit) -> int | None:
        if limit.national is None:
            return self._rule(limit.due, self._nearest(limit.calendar), limit.on_a_working_day)
        edition = self.subject.library.guidance.get(self.subject.process.guidance or "")
        national = edition.model.limits.get(limit.national) if edition else None
        span = (limit.within or national.within) if national else None
        if national is None or span is None or limit.counts_from is None:
            return None
        return self._rule(Due(span, national.before, Anchor(limit.counts_from)), national.calendar)

    def _rule(self, rule: DayRule | None, calendar: str, landing: Landing = Landing.AS_IT_FALLS) -> int | None:
        if rule is None:
            return None
        if isinstance(rule, OneOf):
            return self._one_of(rule, [self._rule(part, calendar, landing) for part in rule.parts])
        return self._once((str(rule), calendar, landing), lambda: self._count(rule, calendar, landing))

    def _one_of(self, rule: OneOf, places: Sequence[int | None]) -> int | None:
        """The earlier of the days that can be known; the later only when all can be."""
        known = tuple(sorted({place for place in places if place is not None}))
        if not known or (rule.later and None in places):
            return None
        if rule.later:
            return self._latest(known)
        if len(known) == 1:
            return known[0]
        return self._once(("earliest", known), lambda: self._added(_picked(min, known), *known))

    def _count(self, rule: Due, calendar: str, landing: Landing) -> int | None:
        place, span = self._anchor(rule.anchor), rule.span
        if isinstance(span, AsMany) or (isinstance(span, NamedDay) and span.group):
            return None  # what is answered, and which meetings are published, nobody knows years ahead
        if place is None or (span is None and landing is Landing.AS_IT_FALLS):
            return place
        if isinstance(span, Span) and span.unit.by_the_clock:
            # full days: no time of day is known before there is a case
            whole = Unit.DAYS if span.unit is Unit.HOURS else Unit.WORKING_DAYS
            span = Span(span.amount // HOURS_A_DAY, whole)
        counted_in, known = (
            self.calendars[calendar],
            self.counted.setdefault((span, rule.before, landing, calendar), {}),
        )

        def count(days: Days) -> date:
            day = days[place]
            if day not in known:
                known[day] = due_on(day, span, counted_in, before=rule.before, landing=landing)
            return known[day]

        return self._added(count, place)

    def _anchor(self, anchor: Anchor) -> int | None:
        process, day = self.subject.process, anchor.day
        if day is not None:
            return self._once(day, lambda: self._added(lambda _: day))
        if anchor.name in process.opening.dates or anchor.name == OPENED:
            return START
        if anchor.name in process.dates:
            planned = process.dates[anchor.name]
            return self._rule(planned.planned, self._nearest(None), planned.on_a_working_day)
        if anchor.name in process.limits:
            return self.limit(anchor.name)
        known = anchor.name in self.subject.steps and anchor.name not in self.left_out
        return self.step(anchor.name) if known else None


def _rules(step: Step) -> Iterator[tuple[DayRule | None, Landing]]:
    """What a step's day is counted by, each with where it falls."""
    yield step.due, step.on_a_working_day
    yield from ((rule, Landing.AS_IT_FALLS) for rule in (step.not_before, step.wait))


def _picked(choose: Callable[[Iterable[date]], date], known: tuple[int, ...]) -> Count:
    """The earliest or the latest of days at two or more places."""
    pick = itemgetter(*known)
    return lambda days: choose(pick(days))
