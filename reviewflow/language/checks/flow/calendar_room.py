"""Whether the days of a chain of steps fit into its time limit, whatever holidays lie between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.calendar import OFFICE, CalendarHorizonError, Calendars, in_words
from reviewflow.language.checks.flow.course import Course
from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.problem import Problem
from reviewflow.language.structure import graph

SEASONS = (((11, 15), (1, 10)), ((3, 1), (5, 31)))
"""When bank holidays lie close together: around Christmas, and from Easter to the end of May."""


def check_room(library: Library, calendars: Calendars, years: Sequence[int]) -> Iterator[Problem]:
    """PD047: a warning for each limit that its steps cannot always keep, with the worst day to begin on.

    Every day of SEASONS in `years` is tried. Processes with errors, and days that no calendar covers, are left out.
    """
    days = list(_days(years))
    for name, loaded in library.processes.items():
        subject = Subject(library, loaded.model, loaded.source)
        if ("process", name) not in library.broken and subject.before and not subject.unsure:
            with suppress(CalendarHorizonError):  # days that no calendar reaches: their room cannot be counted
                yield from _process(subject, calendars, days)


def _days(years: Sequence[int]) -> Iterator[date]:
    for year in years:
        for (month, day), (last_month, last_day) in SEASONS:
            start, end = date(year, month, day), date(year + (last_month < month), last_month, last_day)
            yield from (start + timedelta(days=number) for number in range((end - start).days + 1))


def _process(subject: Subject, calendars: Calendars, days: Sequence[date]) -> Iterator[Problem]:
    # How long a clock stands still depends on somebody outside, so that nothing can be said of its room.
    still = {clock for each in (subject.process.stands_still or {}).values() for clock in each.clocks}
    limits = {name: limit for name, limit in subject.process.limits.items() if name not in still}
    met = {name: limit.met_by for name, limit in limits.items() if limit.met_by in subject.steps}
    worst: dict[str, _Overrun] = {}
    for chosen in subject.process.opening.calendar or (OFFICE,):
        for name, overrun in _overruns(Course(subject, calendars, chosen), met, days):
            worst[name] = max(worst.get(name, overrun), overrun, key=lambda other: other.by)
    for name, overrun in worst.items():
        yield subject.key_warning(("limits", name), "PD047", _message(subject, met[name], overrun))


def _overruns(course: Course, met: Mapping[str, str], days: Sequence[date]) -> Iterator[tuple[str, _Overrun]]:
    """Each limit that is overrun when everything begins on one of these days."""
    ends = [(name, end, course.step(step)) for name, step in met.items() if (end := course.limit(name)) is not None]
    leading = course.leading_to(place for _, end, reached in ends for place in (end, reached))
    for day in days if ends else ():
        counted = leading.days_from(day)
        for name, end, reached in ends:
            overrun = _Overrun(counted[reached] - counted[end], day, counted[reached], counted[end])
            if overrun.by > timedelta(0):
                yield name, overrun


@dataclass(frozen=True, slots=True)
class _Overrun:
    by: timedelta
    start: date
    reached: date
    end: date


def _message(subject: Subject, step: str, overrun: _Overrun) -> str:
    return (
        f"There is not always room enough before this limit. When everything begins on {in_words(overrun.start)}, "
        f'"{step}" can be reached on {in_words(overrun.reached)} only, and the limit ends on {in_words(overrun.end)}.\n'
        f"Days that hang on each other: {', '.join(_chain(subject, step))}. Give one of them fewer days."
    )


def _chain(subject: Subject, met_by: str) -> Iterator[str]:
    """The steps before it that have days of their own."""
    for name in graph.order(subject.steps):
        due = subject.steps[name].due
        if due is not None and (name in subject.before[met_by] or name == met_by):
            yield f"{name} ({due})"
