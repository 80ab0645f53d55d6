"""The figures as sheets: named columns and plain rows, which every way of showing them draws alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from statistics import median
from typing import TypeVar

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model.state import Status
from reviewflow.language.model import Partnership
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.wording.people import recipient_title

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Bars:
    """Which columns of a sheet are drawn as one bar a row: parts of a whole, in this order."""

    label: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the figures; `bars` where some of its columns are drawn too."""

    name: str
    title: str
    says: str
    """How to read it, in a sentence."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What the figures are of: a case, an agency, a period (both days counted). None: everything."""

    case: str | None = None
    agency: str | None = None
    since: date | None = None
    until: date | None = None

    def takes(self, owed: Owed) -> bool:
        """Work belongs to a period when it was owed in it: opened before its end, and not ended before its start."""
        ended = owed.done if owed.ended is not Status.OPEN else None
        return (
            self.case in {None, owed.reference}
            and (self.agency is None or owed.owner == f"agency:{self.agency}")
            and (self.until is None or owed.opened <= self.until)
            and (self.since is None or ended is None or ended >= self.since)
        )

    def takes_case(self, case: CaseFacts) -> bool:
        """Whether a case was open in the period, and is the one that was asked for."""
        return (
            self.case in {None, case.reference}
            and (self.until is None or case.opened <= self.until)
            and (self.since is None or case.closed is None or case.closed >= self.since)
        )


@dataclass(frozen=True, slots=True)
class View:
    """Where and when the figures are looked at from."""

    today: date
    calendars: Calendars
    partnership: Partnership
    looks_overdue: Mapping[str, int] = field(default_factory=dict)
    """By case: how much is overdue that is to be looked at again, decided or explained."""

    def calendar(self, name: str) -> Calendar:
        """The calendar of this name; the office's where there is none any more."""
        return self.calendars.get(name) or self.calendars[OFFICE]

    def days_between(self, start: date, end: date, calendar: str) -> int:
        """How many working days of a calendar there are after one day, up to and including the other."""
        return self.calendar(calendar).working_days_between(start, end)


def sheets(cases: Iterable[CaseFacts], scope: ReportScope, view: View) -> tuple[Sheet, ...]:
    """All sheets; those about everybody are left out when one agency is asked for."""
    chosen = [case for case in cases if scope.takes_case(case)]
    owed = [work_item for case in chosen for work_item in case.owed if scope.takes(work_item)]
    work = [work_item for work_item in owed if not work_item.limit and work_item.owner]
    titles = {case.process: case.title for case in chosen}
    for_everybody = (_cases(chosen, view), _limits([work_item for work_item in owed if work_item.limit], view))
    awaited = [work_item for work_item in owed if work_item.awaited]
    outside = (_outside(awaited, view),) if awaited and not scope.agency else ()
    return (
        *(() if scope.agency else for_everybody),
        _agencies(work, view),
        *outside,
        _steps(work, titles, view),
    )


def late_by(owed: Owed, view: View) -> int:
    """Days of its calendar after its due day: of what is still owed, until today; nothing is late on its day.

    What is held is not late meanwhile, nor what others are to answer, however late they did.
    """
    if owed.awaited:
        return 0
    runs = owed.ended is Status.OPEN and not owed.nobodys
    end = owed.done or (view.today if runs else None)
    if owed.due is None or end is None or end <= owed.due:
        return 0
    return max(view.days_between(owed.due, end, owed.calendar), 1)


def _cases(cases: Sequence[CaseFacts], view: View) -> Sheet:
    rows = []
    for case in cases:
        limits = [owed for owed in case.owed if owed.limit]
        missed = sum(late_by(owed, view) > 0 for owed in limits)
        work = [owed for owed in case.owed if not owed.limit and owed.owner]
        overdue = sum(owed.ended is Status.OPEN and late_by(owed, view) > 0 for owed in work)
        chases = sum(owed.chases for owed in case.owed)
        overdue += view.looks_overdue.get(case.reference, 0)
        rows.append((case.reference, case.title, case.status, case.opened, case.closed, missed, overdue, chases))
    columns = (
        "Case",
        "Process",
        "State",
        "Opened",
        "Ended",
        "Limits missed",
        "Overdue now",
        "Messages of chasing",
    )
    says = (
        "Every case that was open in the period. Overdue now are its steps, and what is to be looked at again, decided "
        "or explained: a hold, an answer, a limit that was missed."
    )
    return Sheet("cases", "Cases", says, columns, tuple(rows))


def _limits(limits: Sequence[Owed], view: View) -> Sheet:
    rows = [(title, _authority(group), *_punctuality(group, view)) for title, group in _grouped(limits, _limit_key)]
    columns = ("Time limit", "Authority", *PUNCTUALITY)
    says = "How many clocks ended in time. One that still runs is late when its day is past."
    return Sheet("limits", "Time limits", says, columns, tuple(rows), Bars(0, (3, 4, 5, 6)))


PUNCTUALITY = ("Number", "In time", "Late", "Still owed", "Overdue now", "In time, %", "Days late, median")


def _punctuality(group: Sequence[Owed], view: View) -> tuple[Cell, ...]:
    """Parts that add up: ended in time, ended late, owed and not late yet, owed and overdue.

    What fell with its case before its day is none of them; what fell after it had ended late.
    """
    late = [owed for owed in group if owed.ended in _COUNTED and late_by(owed, view)]
    overdue = sum(owed.ended is Status.OPEN for owed in late)
    late_although_done = sum(owed.ended is Status.DONE for owed in late)
    done_in_time = sum(owed.ended is Status.DONE for owed in group) - late_although_done
    still = sum(owed.ended is Status.OPEN for owed in group) - overdue
    ended = done_in_time + len(late)
    in_time = round(100 * done_in_time / ended) if ended else None
    days = median(late_by(owed, view) for owed in late) if late else None
    return ended + still, done_in_time, len(late) - overdue, still, overdue, in_time, days


_COUNTED = frozenset({Status.DONE, Status.OPEN, Status.WITHDRAWN})


def _agencies(work: Sequence[Owed], view: View) -> Sheet:
    owed = [owed for owed in work if owed.owner.startswith("agency:") and owed.due is not None and not owed.awaited]
    rows = [
        (recipient_title(view.partnership, owner), *_punctuality(group, view), *_chasing(group))
        for owner, group in _grouped(owed, lambda owed: owed.owner)
    ]
    columns = ("Agency", *PUNCTUALITY, "Messages of chasing", "Messages a return")
    says = "What agencies were asked for with a day. Nil returns are returns. Working days are counted."
    return Sheet("agencies", "Agencies", says, columns, tuple(rows), Bars(0, (2, 3, 4, 5)))


def _chasing(group: Sequence[Owed]) -> tuple[Cell, ...]:
    chases, done = sum(owed.chases for owed in group), sum(owed.ended is Status.DONE for owed in group)
    return chases, round(chases / done, 1) if done else None


def _outside(awaited: Sequence[Owed], view: View) -> Sheet:
    rows = []
    for body, group in _grouped(awaited, lambda owed: owed.awaited):
        waiting = sum(owed.ended is Status.OPEN for owed in group)
        times, middle, longest = _duration(group, view)
        rows.append((body, times, waiting, _after_the_day(group), middle, longest, sum(owed.chases for owed in group)))
    columns = ("Body outside", "Answered", "Waited for", "After the day", "Days, median", "Days, longest", "Letters")
    says = (
        "How many working days those outside took to answer. The day is hoped for and owed by nobody, so what came "
        "after it is late in no other table."
    )
    return Sheet("outside", "Bodies outside", says, columns, tuple(rows))


def _after_the_day(group: Sequence[Owed]) -> int:
    return sum(
        owed.ended is Status.DONE and owed.due is not None and (owed.done or owed.due) > owed.due for owed in group
    )


def _steps(work: Sequence[Owed], titles: Mapping[str, str], view: View) -> Sheet:
    rows = [
        (
            titles.get(process, process),
            max(owed.stage for owed in group),
            title,
            *_duration(group, view),
            *((None, None) if group[0].awaited else _punctuality(group, view)[1:3]),
        )
        for (process, title), group in _grouped(work, lambda owed: (owed.process, owed.title))
        if any(owed.ended is Status.DONE for owed in group)
    ]
    rows.sort(key=lambda row: row[:2])
    columns = ("Process", "Stage", "Step", "Times done", "Days, median", "Days, longest", "In time", "Late")
    says = "How many working days a step took, from the day it could begin to the day it was done, by stage."
    return Sheet("steps", "Time per step", says, columns, tuple(rows))


def _duration(group: Sequence[Owed], view: View) -> tuple[Cell, ...]:
    done = [(owed, owed.done) for owed in group if owed.ended is Status.DONE and owed.done]
    days = [view.days_between(owed.opened, day, owed.calendar) for owed, day in done]
    return len(days), median(days) if days else None, max(days) if days else None


def _limit_key(owed: Owed) -> str:
    return owed.title


def _authority(group: Sequence[Owed]) -> str:
    return "national" if all(owed.national for owed in group) else "local"


K = TypeVar("K", str, tuple[str, str])


def _grouped(owed: Iterable[Owed], key: Callable[[Owed], K]) -> Iterator[tuple[K, list[Owed]]]:
    for name, group in groupby(sorted(owed, key=key), key):
        yield name, list(group)
