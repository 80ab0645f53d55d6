"""The forecast of each time limit of a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import cached_property, partial
from threading import Lock

from reviewflow.calendar import Calendar, CalendarHorizonError, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import later, working_days
from reviewflow.case.rules.forecast.drawn import Drawn
from reviewflow.case.rules.forecast.pace import pace_so_far
from reviewflow.case.rules.forecast.projection import Projection
from reviewflow.case.rules.forecast.punctuality import punctuality_so_far
from reviewflow.case.rules.forecast.shapes import Forecast, ForecastLink, Needed
from reviewflow.case.rules.forecast.slowly import OnceAsked
from reviewflow.case.rules.forecast.verdicts import EVEN, LITTLE, SAFE, DaysToMeet, Verdict, judge
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import is_over


def forecast(
    plan: Plan,
    case: Case,
    limit: str,
    today: date,
    calendars: Calendars,
    *,
    clock: time | None = None,
) -> Forecast | None:
    """How a limit stands and what is foreseen of it; None for one without a day, or that no step will meet."""
    return next(iter(forecasts(plan, case, today, calendars, clock=clock, limits=(limit,))), None)


def forecasts(
    plan: Plan,
    case: Case,
    today: date,
    calendars: Calendars,
    *,
    clock: time | None = None,
    limits: Iterable[str] | None = None,
) -> Iterator[Forecast]:
    """One for every limit that runs or was met, or of those named; a case that is as it was is not foreseen anew."""
    known: tuple[Forecast, ...] = plan.foreseen.of(
        case, today, calendars, lambda: tuple(_foreseen(plan, case, today, calendars))
    )
    named = None if limits is None else frozenset(limits)
    for foreseen in known:
        if named is None or foreseen.limit in named:
            yield _by_the_clock(foreseen, today, clock)


def _by_the_clock(foreseen: Forecast, today: date, clock: time | None) -> Forecast:
    """Missed where its time of day is over; all else is told by the day."""
    if foreseen.verdict in {Verdict.MET, Verdict.MISSED} or not is_over(foreseen.due, foreseen.by, today, clock):
        return foreseen
    return dataclasses.replace(foreseen, verdict=Verdict.MISSED, needed=())


def _foreseen(plan: Plan, case: Case, today: date, calendars: Calendars) -> Iterator[Forecast]:
    courses = courses_of(plan, case, today, calendars)
    for limit, state in _with_a_day(plan, case).items():
        if _runs(state) and courses is not None:
            yield from courses.of_running(limit, state)
        elif state.status is Status.DONE and state.done is not None:
            yield _ended(plan, case, limit, state, state.done, calendars)


def _with_a_day(plan: Plan, case: Case) -> Mapping[str, Item]:
    return {limit: state for limit in plan.limit_items(case) if (state := case.items.get(limit)) and state.due}


def courses_of(plan: Plan, case: Case, today: date, calendars: Calendars) -> Courses | None:
    """The rest of a case played through; None where no step leads to a limit that runs."""
    running = [limit for limit, state in _with_a_day(plan, case).items() if _runs(state)]
    steps = {step for limit in running for step in plan.on_the_way(step_of(limit))}
    return Courses(plan, case, today, calendars, [step for step in plan.order if step in steps]) if steps else None


def _runs(state: Item) -> bool:
    return state.status is Status.OPEN


def _ended(plan: Plan, case: Case, limit: str, state: Item, done: date, calendars: Calendars) -> Forecast:
    due = state.due or done
    verdict = Verdict.MISSED if is_over(due, state.by, done, state.at) else Verdict.MET
    slack = working_days(days_of(plan, case, limit, calendars), done, due)
    return Forecast(limit, due, verdict, done, done, lambda: done, slack, state.by)


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
        self.drawn: dict[tuple[int, int], Drawn] = {}
        self._one_at_a_time = Lock()

    def _played_through(self, case: Case) -> Projection:
        """Without what is undecided."""
        course = Projection(self.plan, case, self.today, self.calendars, self.pace, undecided=False)
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

    def of_running(self, limit: str, state: Item) -> Iterator[Forecast]:
        """What is foreseen of a limit that runs; nothing where no step will meet it."""
        items = self.plan.items(self.plan.limits[step_of(limit)].met_by, self.case)
        last = self.usual.last(items)
        if last is None or state.due is None:
            return
        calendar = days_of(self.plan, self.case, limit, self.calendars)
        course, holds, chain = self._course(items, last, calendar), self._holds(limit), tuple(self.usual.chain(last))
        verdict = self._verdict(course, state, holds)
        yield Forecast(
            limit=limit,
            due=state.due,
            verdict=verdict,
            expected=course.expected,
            earliest=course.earliest,
            slowly=course.slowly,
            slack=working_days(calendar, course.expected, state.due),
            by=state.by,
            chain=chain,
            needed=tuple(self._needed(chain, state.due, calendar)) if verdict is Verdict.UNLIKELY else (),
            holds=holds,
            endless=tuple(name for name in holds if self.case.holds[name].review is None),
            so_far=self.punctual,
        )

    def _course(self, items: tuple[str, ...], last: str, calendar: Calendar) -> DaysToMeet:
        """While nothing was late yet, what is left is foreseen to be done in its days.

        While little is known, a plan that fits is not called unlikely.
        """
        expected = self.usual.days[last].day
        if self.punctual.late:
            expected = max(expected, self._of(self.usual, calendar).by(items, EVEN))
        earliest = self._of(self.freed, calendar).by(items, LITTLE)
        if self.punctual.tells_little:
            earliest = min(earliest, self.freed.days[last].day)
        anew = partial(Courses, self.plan, self.case, self.today, self.calendars, self.steps)
        slowly = OnceAsked(self, anew, lambda courses: courses.latest(items, expected, calendar))
        return DaysToMeet(min(earliest, expected), expected, slowly)

    def latest(self, items: tuple[str, ...], expected: date, calendar: Calendar) -> date:
        """When it is met if it goes slowly, no sooner than it is expected; past the calendar's end the end of that."""
        try:
            with self._one_at_a_time:  # two who look at the same case may ask at the same moment
                return max(self._of(self.whole, calendar).by(items, SAFE), expected)
        except CalendarHorizonError:
            return max(expected, calendar.last_day)

    def _of(self, course: Projection, calendar: Calendar) -> Drawn:
        """The courses drawn of one, once for all limits whose days are counted alike."""
        known = id(course), id(calendar)
        if known not in self.drawn:
            alike = {item: self._of(self.usual, calendar).ends[item] for item in course.alike}
            self.drawn[known] = Drawn(course, self.punctual, calendar, alike)
        return self.drawn[known]

    def _holds(self, limit: str) -> tuple[str, ...]:
        """The holds that stop a step on the way to a limit that is still to be done."""
        if not self.case.holds:
            return ()
        way = set(self.plan.on_the_way(step_of(limit)))
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
