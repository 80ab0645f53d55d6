"""Where things stand in a drawing, in per cent of its width: the pages say the same in words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import inf

from reviewflow.service.board.cases import CaseLine, CasesPage
from reviewflow.service.board.facts.plan_and_fact import DaySpan, StageBar
from reviewflow.service.board.facts.shapes import Clock

LIMIT = 78.0
"""Where the limit stands in every clock, so that the eye reads before or after the line down the column."""
END = 98.0


@dataclass(frozen=True, slots=True)
class ClockDrawing:
    """One clock from its start to its limit and a little beyond."""

    today: float
    likely: float | None
    band: tuple[float, float] | None
    """Where it begins and how wide it is."""
    ticks: tuple[float, ...]


def clock_drawing(clock: Clock) -> ClockDrawing:
    """A clock of up to 31 days has a tick for each."""
    of = max(clock.of, 1)
    spare = clock.of - clock.slack if clock.slack is not None and clock.is_running else None
    band = None
    if clock.likely is not None:
        first, last = (_at(day, of) for day in clock.likely)
        band = (first, max(last - first, 1.0))
    ticks = tuple(_at(day, of) for day in range(1, of)) if of <= 31 else ()  # noqa: PLR2004 - a month
    return ClockDrawing(_at(clock.day, of), None if spare is None else _at(spare, of), band, ticks)


def _at(day: int, of: int) -> float:
    return round(min(max(LIMIT * day / of, 0.0), END), 2)


LABELS = 26.0
"""How much of a time line of cases its names take."""


@dataclass(frozen=True, slots=True)
class LimitMark:
    """One limit of a case on the time line."""

    at: float
    clock: Clock


@dataclass(frozen=True, slots=True)
class TimeLineRow:
    """One case on the time line."""

    line: CaseLine
    y: int
    begins: float
    ends: float
    marks: tuple[LimitMark, ...]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """All cases on one scale."""

    rows: tuple[TimeLineRow, ...]
    months: tuple[tuple[float, str], ...]
    today: float
    height: int


TOP, STEP = 34, 30
MOST_ROWS = 60
"""Cases that are drawn; a longer list is read in the table."""


BESIDE_TODAY = 4.0
"""Within so much of the width the word of a month would stand in that of today."""


def time_line(cases: CasesPage) -> TimeLine:
    """The cases in their order, each from its opening to its last limit."""
    whole = max((cases.last - cases.first).days, 1)

    def at(day: date) -> float:
        share = min(max((day - cases.first).days / whole, 0.0), 1.0)
        return round(LABELS + (99.0 - LABELS) * share, 2)

    rows = []
    for number, line in enumerate(cases.lines[:MOST_ROWS]):
        marks = tuple(LimitMark(at(clock.due), clock) for clock in line.clocks)
        ends = max((mark.at for mark in marks), default=at(cases.today))
        rows.append(TimeLineRow(line, TOP + number * STEP, at(line.opened), max(ends, at(cases.today)), marks))
    months = [(at(day), f"{day:%b}" if day.month > 1 else f"{day:%b %Y}") for day in _months(cases.first, cases.last)]
    every = max(len(months) // 8, 1)
    apart = [month for month in months[::every] if abs(month[0] - at(cases.today)) > BESIDE_TODAY]
    return TimeLine(tuple(rows), tuple(apart), at(cases.today), TOP + len(rows) * STEP)


def _months(first: date, last: date) -> Iterator[date]:
    """The first of each month between two days."""
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class TimeLineBar:
    """A bar: where it begins and how wide it is."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A stage: its plan above, below what it took, and what is likely."""

    bar: StageBar
    y: int
    planned: TimeLineBar | None
    fact: TimeLineBar | None
    late: TimeLineBar | None
    likely: TimeLineBar | None


@dataclass(frozen=True, slots=True)
class PlanDrawing:
    """All stages of a case on one scale of days."""

    pairs: tuple[Pair, ...]
    days: tuple[tuple[float, str], ...]
    today: float
    limits: tuple[tuple[float, str], ...]
    """Where each ends, with its word; '' where the next stands so near that one word names both."""
    height: int


PAIR_TOP, PAIR_STEP = 46, 46
ROOM = 5
"""In hundredths of the width: what a word needs beside another."""


def plan_drawing(bars: tuple[StageBar, ...], limits: tuple[Clock, ...], today: date) -> PlanDrawing:
    """From the first day of any bar to the last, today and the limits that run among them."""
    spans = [span for bar in bars for span in (bar.planned, bar.fact, bar.likely) if span]
    running = [clock for clock in limits if clock.is_running]
    days = [day for span in spans for day in (span.first, span.last)] + [today, *(clock.due for clock in running)]
    first, last = min(days), max(days) + timedelta(days=1)
    whole = max((last - first).days, 1)

    def at(day: date) -> float:
        return round(LABELS + (99.0 - LABELS) * (day - first).days / whole, 2)

    def box(span: DaySpan | None) -> TimeLineBar | None:
        if span is None:
            return None
        return TimeLineBar(at(span.first), round(max(at(span.last + timedelta(days=1)) - at(span.first), 0.6), 2))

    pairs = tuple(
        Pair(bar, PAIR_TOP + place * PAIR_STEP, box(bar.planned), box(bar.fact), box(bar.late), box(bar.likely))
        for place, bar in enumerate(bars)
    )
    step = max(whole // 9, 1)
    marks = [first + timedelta(days=number * step) for number in range(whole // step + 1)]
    shown = tuple((at(day), f"{day.day} {day:%b}") for day in marks if abs(at(day) - at(today)) > ROOM)
    ends = tuple(_named(sorted({at(clock.due) for clock in running})))
    return PlanDrawing(pairs, shown, at(today), ends, PAIR_TOP + len(pairs) * PAIR_STEP)


def _named(ends: Sequence[float]) -> Iterator[tuple[float, str]]:
    """Each end with its word, which the last of several that stand too near each other has for all of them."""
    word = "Limit"
    for end, following in pairwise((*ends, inf)):
        is_near = following - end < ROOM
        yield end, "" if is_near else word
        word = "Limits" if is_near else "Limit"
