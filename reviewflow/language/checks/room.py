"""Whether the days of a chain of steps fit into its time limit, whatever holidays lie between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from reviewflow.calendar import Calendars, in_words, landed, shift
from reviewflow.language import graph
from reviewflow.language.checks.subject import OPENED, Subject
from reviewflow.language.library import Library
from reviewflow.language.model import Limit, Step
from reviewflow.language.phrases import Anchor, Due
from reviewflow.language.problem import Problem

SEASONS = (((11, 15), (1, 10)), ((3, 1), (5, 31)))
"""When bank holidays lie close together: around Christmas, and from Easter to the end of May."""


def check_room(library: Library, calendars: Calendars, years: Sequence[int]) -> Iterator[Problem]:
    """One warning a limit that its steps cannot keep, with the worst day to begin on."""
    days = list(_days(years))
    for name, loaded in library.processes.items():
        subject = Subject(library, loaded.model, loaded.source)
        if ("process", name) not in library.broken and subject.before and not subject.unsure:
            yield from _process(subject, calendars, days)


def _days(years: Sequence[int]) -> Iterator[date]:
    for year in years:
        for (month, day), (last_month, last_day) in SEASONS:
            start, end = date(year, month, day), date(year + (last_month < month), last_month, last_day)
            yield from (start + timedelta(days=number) for number in range((end - start).days + 1))


def _process(subject: Subject, calendars: Calendars, days: Sequence[date]) -> Iterator[Problem]:
    met = {name: limit.met_by for name, limit in subject.process.limits.items() if limit.met_by in subject.steps}
    worst: dict[str, _Overrun] = {}
    for day in days if met else ():
        planned = _Planned(subject, calendars, day)
        for name, step in met.items():
            end, reached = planned.limit(name), planned.step(step)
            if end is not None and reached is not None and reached > end:
                overrun = _Overrun(reached - end, day, reached, end)
                worst[name] = max(worst.get(name, overrun), overrun, key=lambda each: each.by)
    for name, overrun in worst.items():
        yield subject.key_warning(("limits", name), "PD047", _told(subject, met[name], overrun))


@dataclass(frozen=True, slots=True)
class _Overrun:
    by: timedelta
    start: date
    reached: date
    end: date


def _told(subject: Subject, step: str, overrun: _Overrun) -> str:
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


@dataclass
class _Planned:
    """The days on which everything happens when each step is done on its due day, or as soon as it can be."""

    subject: Subject
    calendars: Calendars
    start: date
    _steps: dict[str, date | None] = field(default_factory=dict)
    _limits: dict[str, date | None] = field(default_factory=dict)

    @cached_property
    def _opening(self) -> frozenset[str]:
        return frozenset({*self.subject.process.opening.dates, OPENED})

    def step(self, name: str) -> date | None:
        if name not in self._steps:
            self._steps[name] = None  # what counts from itself has no day
            self._steps[name] = self._step(self.subject.steps[name], self.subject.process.calendar or "office")
        return self._steps[name]

    def _step(self, step: Step, calendar: str) -> date | None:
        before = [self.step(each) for each in step.after if each in self.subject.steps]
        calendar = step.calendar or calendar
        own = [self._rule(rule, calendar) for rule in (step.due, step.not_before, step.wait)]
        if step.due is not None and own[0] is not None:
            own[0] = landed(own[0], step.on_a_working_day, self.calendars[calendar])
        return max((day for day in (*before, *own, self.start) if day is not None), default=None)

    def limit(self, name: str) -> date | None:
        if name not in self._limits:
            self._limits[name] = None
            self._limits[name] = self._limit(self.subject.process.limits[name])
        return self._limits[name]

    def _limit(self, limit: Limit) -> date | None:
        if limit.national is None:
            calendar = limit.calendar or "office"
            day = self._rule(limit.due, calendar)
            return day and landed(day, limit.on_a_working_day, self.calendars[calendar])
        edition = self.subject.library.guidance.get(self.subject.process.guidance or "")
        found = edition.model.limits.get(limit.national) if edition else None
        span = (limit.within or found.within) if found else None
        if found is None or span is None or limit.counts_from is None:
            return None
        return self._rule(Due(span, found.before, Anchor(limit.counts_from)), found.calendar)

    def _rule(self, rule: Due | None, calendar: str) -> date | None:
        day = self._anchor(rule.anchor) if rule is not None else None
        if rule is None or day is None or rule.span is None:
            return day
        return shift(day, rule.span, self.calendars[calendar], before=rule.before)

    def _anchor(self, anchor: Anchor) -> date | None:
        process = self.subject.process
        if anchor.day is not None or anchor.name in self._opening:
            return anchor.day or self.start
        if anchor.name in process.dates:
            planned = process.dates[anchor.name]
            day = self._rule(planned.planned, process.calendar or "office")
            return day and landed(day, planned.on_a_working_day, self.calendars[process.calendar or "office"])
        if anchor.name in process.limits:
            return self.limit(anchor.name)
        return self.step(anchor.name) if anchor.name in self.subject.steps else None
