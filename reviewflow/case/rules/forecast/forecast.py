"""The forecast of each time limit of a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.courses import Courses
from reviewflow.case.rules.forecast.days import working_days
from reviewflow.case.rules.forecast.shapes import Forecast
from reviewflow.case.rules.forecast.verdicts import Verdict
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
    running = {step_of(limit) for limit, state in _with_a_day(plan, case).items() if _runs(state)}
    steps = _in_their_order(plan, running)
    return Courses(plan, case, today, calendars, steps) if steps else None


def _in_their_order(plan: Plan, limits: Iterable[str]) -> list[str]:
    """The steps on the way to these, after those that may stop their clocks, or that of a step on the way."""
    ways = {step for limit in limits for step in plan.on_the_way(limit)}
    stopping = {step for clock in (*limits, *ways) for step in plan.stopping.get(clock, ())}
    return [
        *(step for step in plan.order if step in stopping),
        *(step for step in plan.order if step in ways - stopping),
    ]


def _runs(state: Item) -> bool:
    return state.status is Status.OPEN


def _ended(plan: Plan, case: Case, limit: str, state: Item, done: date, calendars: Calendars) -> Forecast:
    due = state.due or done
    verdict = Verdict.MISSED if is_over(due, state.by, done, state.at) else Verdict.MET
    slack = working_days(days_of(plan, case, limit, calendars), done, due)
    return Forecast(limit, due, verdict, done, done, lambda: done, slack, state.by)
