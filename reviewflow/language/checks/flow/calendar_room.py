"""Whether the days of a chain of steps fit into its time limit, whatever holidays lie between."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reviewflow.calendar import OFFICE, CalendarHorizonError, Calendars, in_words
from reviewflow.language.checks.flow.course import Course
from reviewflow.language.checks.forms.fulfilled import possible
from reviewflow.language.checks.needed import conditions_of, done_with, surely_answered, without
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Test, leaves
from reviewflow.language.folder.library import Library
from reviewflow.language.model import Limit
from reviewflow.language.problem import Problem
from reviewflow.language.structure import graph

SEASONS = (((11, 15), (1, 10)), ((3, 1), (5, 31)))
"""When bank holidays lie close together: around Christmas, and from Easter to the end of May."""
MOST_STEPS = 4000
"""How many steps are counted anew at most, over all the ways to one limit that are tried."""


def check_room(library: Library, calendars: Calendars, years: Sequence[int]) -> Iterator[Problem]:
    """PD047: a warning for each limit that its steps cannot always keep, with the worst day to begin on.

    Every day of SEASONS in `years` is tried. Processes with errors, and days that no calendar covers, are left out.
    """
    days, counted = list(_days(years)), dict[Hashable, dict[date, date]]()
    for name, loaded in library.processes.items():
        subject = Subject(library, loaded.model, loaded.source)
        if ("process", name) not in library.broken and subject.before and not subject.unsure:
            with suppress(CalendarHorizonError):  # days that no calendar reaches: their room cannot be counted
                yield from _process(subject, calendars, days, counted)


def _days(years: Sequence[int]) -> Iterator[date]:
    for year in years:
        for (month, day), (last_month, last_day) in SEASONS:
            start, end = date(year, month, day), date(year + (last_month < month), last_month, last_day)
            yield from (start + timedelta(days=number) for number in range((end - start).days + 1))


def _process(
    subject: Subject, calendars: Calendars, days: Sequence[date], counted: dict[Hashable, dict[date, date]]
) -> Iterator[Problem]:
    # How long a clock stands still depends on somebody outside, so that nothing can be said of its room.
    still = {clock for each in (subject.process.stands_still or {}).values() for clock in each.clocks}
    limits = {name: limit for name, limit in subject.process.limits.items() if name not in still}
    met = {name: step for name, limit in limits.items() for step in _alone(limit) if step in subject.steps}
    worst: dict[str, _Overrun] = {}
    for chosen in subject.process.opening.calendar or (OFFICE,):
        for name, overrun in _worst(Course(subject, calendars, chosen, counted=counted), met, days).items():
            real = _real(subject, name, overrun, days)
            if real is not None:
                worst[name] = max(worst.get(name, real), real, key=lambda other: other.by)
    for name, overrun in worst.items():
        yield subject.key_warning(("limits", name), "PD047", _message(subject, met[name], overrun))


def _alone(limit: Limit) -> tuple[str, ...]:
    """The step that meets a limit; none where another may meet it in time."""
    return limit.steps if len(limit.steps) == 1 else ()


def _real(subject: Subject, limit: str, overrun: _Overrun, days: Sequence[date]) -> _Overrun | None:
    """The worst overrun by steps that can all happen in one case, at most as bad as this; None when there is none.

    Steps that no answers bring about together are left out one after the other. Where that would take too long, what
    was found last stands.
    """
    met = {limit: subject.process.limits[limit].steps[0]}
    found, tried = [overrun], 0
    while found:
        worst = found.pop(found.index(max(found, key=lambda other: other.by)))
        if not _never_together(subject, limit, worst) or tried > MOST_STEPS // len(subject.steps):
            return worst
        for name in _conditional(subject, worst.way):
            left_out = without(subject, {*worst.course.left_out, name})
            if met[limit] not in left_out:
                tried += 1
                found += _worst(replace(worst.course, left_out=left_out), met, days).values()
    return None


def _never_together(subject: Subject, limit: str, overrun: _Overrun) -> bool:
    """Whether no answers make all the steps happen that lead to the overrun, and the limit run."""
    root, when = overrun.course.root(limit), subject.process.limits[limit].when
    asked = surely_answered(when) if when is not None else ()
    done = done_with(subject, (*overrun.way, *([root] if root else []), *asked))
    conditions = [each for each in (when, *(subject.steps[name].when for name in done)) if each is not None]
    known = [each for each in conditions if _of_the_case(subject, each) and possible(subject, (each,)) is not None]
    return not overrun.course.left_out.isdisjoint(done) or possible(subject, known) is False


def _conditional(subject: Subject, way: Sequence[str]) -> list[str]:
    """The steps of this way that need not happen; in every case in which they do not all, one of these does not."""
    return [name for name in way if conditions_of(subject, (name,))]


def _of_the_case(subject: Subject, when: Test) -> bool:
    """Whether it asks what is answered once; what each of several owners answers differs from one to the next."""
    return all(leaf.step in subject.steps and subject.steps[leaf.step].for_each is None for leaf in leaves(when))


def _worst(course: Course, met: Mapping[str, str], days: Sequence[date]) -> dict[str, _Overrun]:
    """Each limit that is overrun when everything begins on one of these days, with the worst of them."""
    worst: dict[str, _Overrun] = {}
    ends = [(name, end, course.step(step)) for name, step in met.items() if (end := course.limit(name)) is not None]
    leading = course.leading_to(place for _, end, reached in ends for place in (end, reached))
    for day in days if ends else ():
        counted = leading.days_from(day)
        for name, end, reached in ends:
            by = counted[reached] - counted[end]
            if by > (worst[name].by if name in worst else timedelta(0)):
                way = tuple(_way(course, met[name], counted))
                worst[name] = _Overrun(by, day, counted[reached], counted[end], course, way)
    return worst


def _way(course: Course, step: str, days: list[date]) -> Iterator[str]:
    """The steps by which this one has its day, from it backwards."""
    seen = set[str]()
    name: str | None = step
    while name is not None and name not in seen:
        yield name
        seen.add(name)
        name = course.decided_by(name, days)


@dataclass(frozen=True, slots=True)
class _Overrun:
    by: timedelta
    start: date
    reached: date
    end: date
    course: Course
    way: tuple[str, ...]
    """The steps by which the last one has its day, from it backwards."""


def _message(subject: Subject, step: str, overrun: _Overrun) -> str:
    chain = ", ".join(_chain(subject, step, overrun.course.left_out))
    return (
        f"There is not always room enough before this limit. When everything begins on {in_words(overrun.start)}, "
        f'"{step}" can be reached on {in_words(overrun.reached)} only, and the limit ends on {in_words(overrun.end)}.\n'
        f"Days that hang on each other: {chain}. Give one of them fewer days."
    )


def _chain(subject: Subject, met_by: str, left_out: frozenset[str]) -> Iterator[str]:
    """The steps before it that have days of their own."""
    for name in graph.order(subject.steps):
        due = subject.steps[name].due
        if due is not None and name not in left_out and (name in subject.before[met_by] or name == met_by):
            yield f"{name} ({due})"
