"""The rest of a case played through, for all of its time limits that run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from threading import Lock
from typing import NamedTuple

from reviewflow.calendar import Calendar, CalendarHorizonError, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import counted_on, later, working_days
from reviewflow.case.rules.forecast.drawn import Drawn
from reviewflow.case.rules.forecast.draws import NONE, Days
from reviewflow.case.rules.forecast.pace import pace_so_far
from reviewflow.case.rules.forecast.projection import Projection
from reviewflow.case.rules.forecast.punctuality import punctuality_so_far
from reviewflow.case.rules.forecast.shapes import Forecast, ForecastLink, Needed, Stop
from reviewflow.case.rules.forecast.slowly import OnceAsked
from reviewflow.case.rules.forecast.supposed import supposed
from reviewflow.case.rules.forecast.verdicts import EVEN, LITTLE, SAFE, DaysToMeet, Verdict, judge
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.standstills import Standstill


class Way(NamedTuple):
    """A limit that runs, and what meets it."""

    limit: str
    state: Item
    due: date
    items: tuple[str, ...]
    last: str
    calendar: Calendar
    supposed: frozenset[str]
    """The steps without which it is not met at all, where it is not decided whether they are needed."""


class Courses:
    """The rest of a case played through for all its limits.

    Without what is undecided; with it where something is; and without holds where there are some.
    """

    def __init__(
        self,
        plan: Plan,
        case: Case,
        today: date,
        calendars: Calendars,
        steps: Iterable[str],
    ) -> None:
        self.plan, self.case, self.today, self.calendars = plan, case, today, calendars
        self.punctual, self.pace = punctuality_so_far(plan, case, today, calendars), pace_so_far(plan, case, calendars)
        self.steps = tuple(steps)
        self.parted: Projection | None = None
        """With what is undecided, as far as the first question; None where there is none."""
        self.asked: Sequence[str] = ()
        """The steps from the first question on."""
        self.usual = self._played_through(case)
        self.supposing: dict[tuple[bool, frozenset[str]], Projection] = {}
        self.drawn: dict[tuple[int, int], Drawn] = {}
        self.stood: dict[tuple[int, str], tuple[int, Days]] = {}
        self._one_at_a_time = Lock()

    def _played_through(self, case: Case, supposed: frozenset[str] = frozenset()) -> Projection:
        """Without what is undecided, unless it is supposed."""
        course = Projection(self.plan, case, self.today, self.calendars, self.pace, undecided=False, supposed=supposed)
        for place, step in enumerate(self.steps):
            if case is self.case and self.parted is None and course.asks(step):
                self.parted, self.asked = course.with_all_undecided(), self.steps[place:]
            course.project(step)
        return course

    @cached_property
    def whole(self) -> Projection:
        """With all that is undecided; the usual course where nothing is."""
        if self.parted is None or not self.usual.open_questions:
            return self.usual
        for step in self.asked:
            self.parted.project(step)
        return self.parted

    @cached_property
    def freed(self) -> Projection:
        """Without the holds."""
        return self._played_through(replace(self.case, holds={})) if self.case.holds else self.usual

    def _usual(self, way: Way, *, freed: bool = False) -> Projection:
        """Without what is undecided but for what the limit cannot be met without; and without the holds."""
        if not way.supposed:
            return self.freed if freed else self.usual
        known = freed and bool(self.case.holds), way.supposed
        if known not in self.supposing:
            case = replace(self.case, holds={}) if known[0] else self.case
            self.supposing[known] = self._played_through(case, way.supposed)
        return self.supposing[known]

    def of_running(self, limit: str, state: Item) -> Iterator[Forecast]:
        """What is foreseen of a limit that runs; nothing where no step will meet it."""
        items = self._met_first(limit)
        last = self.usual.last(items)
        if last is None or state.due is None:
            return
        calendar, needed = (
            days_of(self.plan, self.case, limit, self.calendars),
            supposed(self.usual, last, lambda: self.whole),
        )
        way = Way(limit, state, state.due, items, last, calendar, needed)
        may_stop = step_of(limit) in self.plan.standstills_of
        course, holds, chain = self._days(way), self._holds(items), tuple(self._usual(way).chain(last))
        clock = self._days(way, counted=True) if may_stop else course
        verdict, slack = self._verdict(clock, state, holds), working_days(way.calendar, clock.expected, way.due)
        stops, ends = tuple(self._stops(way)) if may_stop else (), self._end(way, course.expected, slack)
        yield Forecast(
            limit=limit,
            due=way.due,
            verdict=verdict,
            expected=course.expected,
            earliest=course.earliest,
            slowly=course.slowly,
            slack=slack,
            by=state.by,
            chain=chain,
            needed=tuple(self._needed(chain, ends or way.due, way.calendar)) if verdict is Verdict.UNLIKELY else (),
            holds=holds,
            endless=tuple(name for name in holds if self.case.holds[name].review is None),
            so_far=self.punctual,
            stops=stops,
            ends=ends,
            counted=(clock.earliest, clock.slowly()) if stops else None,
        )

    def _days(self, way: Way, *, counted: bool = False) -> DaysToMeet:
        """While nothing was late yet, what is left is foreseen to be done in its days.

        While little is known, a plan that fits is not called unlikely. Where they are `counted`, the days on which the
        clock stands still are left out.
        """
        expected = self._planned(self._usual(way), way, counted=counted)
        if self.punctual.late:
            expected = max(expected, self._by(self._usual(way), way, EVEN, counted=counted))
        earliest = self._by(self._usual(way, freed=True), way, LITTLE, counted=counted)
        if self.punctual.tells_little:
            earliest = min(earliest, self._planned(self._usual(way, freed=True), way, counted=counted))
        if counted and self._stands(self.whole, way)[0]:
            earliest = min(
                earliest, self._by(self.whole, way, LITTLE, counted=counted)
            )  # it may give more time than it takes
        anew = partial(Courses, self.plan, self.case, self.today, self.calendars, self.steps)
        slowly = OnceAsked(self, anew, lambda courses: courses.latest(way, expected, counted=counted))
        return DaysToMeet(min(earliest, expected), expected, slowly)

    def latest(self, way: Way, expected: date, *, counted: bool) -> date:
        """When it is met if it goes slowly, no sooner than it is expected; past the calendar's end the end of that."""
        try:
            with self._one_at_a_time:  # two who look at the same case may ask at the same moment
                return max(self._by(self.whole, way, SAFE, counted=counted), expected)
        except CalendarHorizonError:
            return max(expected, way.calendar.last_day)

    def _by(self, course: Projection, way: Way, share: float, *, counted: bool) -> date:
        """By when this part of the courses drawn of one is over."""
        stood = self._stands(course, way)[1] if counted else NONE
        return self._of(course, way.calendar).by(way.items, share, stood)

    def _planned(self, course: Projection, way: Way, *, counted: bool) -> date:
        """The day on which it is met in this course."""
        day, stood = course.days[way.last].day, self._stands(course, way)[0] if counted else 0
        return counted_on(way.calendar, day, -stood) if stood else day

    def _stands(self, course: Projection, way: Way) -> tuple[int, Days]:
        """By how many days a clock ends later in a course because it stands still; and in each that is drawn of it."""
        known = id(course), way.limit
        if known not in self.stood:
            ends = self._ends(course, way)
            number = working_days(way.calendar, way.due, ends[-1][1]) if ends else 0
            drawn = self._of(course, way.calendar).stands(way.limit, way.state, way.items)
            self.stood[known] = number, drawn
        return self.stood[known]

    def _ends(self, course: Projection, way: Way) -> list[tuple[Standstill, date]]:
        """Each standstill of the limit that is foreseen in a course, with the day on which it ends after that."""
        last = course.last(way.items) or way.last
        return list(course.clock(way.limit).ends(way.state, course.days[last].day))

    def _stops(self, way: Way) -> Iterator[Stop]:
        """When its clock will stand still, and then when it may."""
        certain = {stop.name: stop for stop, _ in self._ends(self._usual(way), way)}
        may = {stop.name: stop for stop, _ in self._ends(self.whole, way)}
        for name, stop in (certain | {name: stop for name, stop in may.items() if name not in certain}).items():
            yield Stop(name, stop.first, stop.last or stop.first, undecided=name not in certain)

    def _end(self, way: Way, expected: date, slack: int) -> date | None:
        """The day on which it ends after what is foreseen to stop its clock."""
        ends = self._ends(self._usual(way), way)
        if not ends:
            return None
        return counted_on(way.calendar, expected, slack) if self.punctual.late else ends[-1][1]

    def _of(self, course: Projection, calendar: Calendar) -> Drawn:
        """The courses drawn of one, once for all limits whose days are counted alike."""
        known = id(course), id(calendar)
        if known not in self.drawn:
            alike = {item: self._of(self.usual, calendar).ends[item] for item in course.alike}
            self.drawn[known] = Drawn(course, self.punctual, calendar, alike)
        return self.drawn[known]

    def _met_first(self, limit: str) -> tuple[str, ...]:
        """What meets a limit; of several, what is foreseen to be done first, of what is surely needed and not held."""
        ways = self.plan.meeting(limit, self.case)
        if len(ways) == 1:
            return self.plan.yet_to_meet(limit, self.case) if self.plan.first_rounds else ways[0]
        foreseen = {way: self.usual.days[last].day for way in ways if (last := self.usual.last(way)) is not None}
        sure = [way for way in foreseen if not self.usual.asks(step_of(way[0])) and not self._holds(way)]
        return min(sure or foreseen, key=lambda way: foreseen[way], default=())

    def _holds(self, items: tuple[str, ...]) -> tuple[str, ...]:
        """The holds that stop a step on the way to these items, and that is still to be done."""
        if not self.case.holds:
            return ()
        way = set(self.plan.leading_to({*map(step_of, items)}))
        owed = (item for item in self.usual.days if step_of(item) in way)
        return tuple(dict.fromkeys(name for item in owed for name in stopped_by(self.plan, self.case, item)))

    def _verdict(self, course: DaysToMeet, state: Item, holds: tuple[str, ...]) -> Verdict:
        if state.due is None or self.today > state.due:
            return Verdict.MISSED
        return judge(course, state.due, state.by, held=bool(holds))

    def _needed(self, chain: tuple[ForecastLink, ...], due: date, calendar: Calendar) -> Iterator[Needed]:
        """By when each step must be finished if the days that are left are shared out as usual lengths are."""
        left, all_days = working_days(calendar, self.today, due), working_days(calendar, self.today, chain[-1].day)
        for link in chain:
            share = working_days(calendar, self.today, link.day) / all_days if all_days else 1
            if not self.plan.is_automatic(step_of(link.item)):
                yield Needed(link.item, min(due, later(calendar, self.today, int(left * share))))
