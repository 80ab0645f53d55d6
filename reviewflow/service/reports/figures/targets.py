"""What was reached of the targets that processes set over many cases, a row for each year or quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Status
from reviewflow.language.model import CountedEvery, Process, Target
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.reports.sheets import Cell, ReportScope, Sheet, View, late_by
from reviewflow.text import listing

COLUMNS = (
    *("Process", "Target", "Cases opened", "Wanted, %", "Reached, %", "Counted", "In time", "Fell short"),
    *("Still running", "How it stands", "Which fell short"),
)
SAYS = (
    "What part of all cases was done in time, by the year from April or the quarter in which they were opened. A case "
    "that is late falls short at once; one that ended before its day, or has no such day yet, is not counted."
)


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a quarter, or the part of it that is looked at. Both days belong to it."""

    first: date
    last: date

    def __str__(self) -> str:
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        first, last = (f"{day:%b %Y}" if whole else f"{day.day} {day:%b %Y}" for day in (self.first, self.last))
        return f"{first} to {last}"


def targets_sheet(
    cases: Sequence[CaseFacts], processes: Mapping[str, Process], scope: ReportScope, view: View
) -> Iterator[Sheet]:
    """One sheet, of all cases; none where no process has a target, or one case or agency is asked for."""
    targets = [
        (process, name, target) for process in processes.values() for name, target in (process.targets or {}).items()
    ]
    if targets and scope.case is None and scope.agency is None:
        rows = (row for target in targets for row in _rows(cases, *target, scope, view))
        yield Sheet("targets", "Targets", SAYS, COLUMNS, tuple(rows))


def _rows(
    cases: Iterable[CaseFacts], process: Process, name: str, target: Target, scope: ReportScope, view: View
) -> Iterator[tuple[Cell, ...]]:
    own = [case for case in cases if case.process == process.process and _opened_in(case, scope)]
    for period in _periods([case.opened for case in own], target.every, scope, view.today):
        clocks = [
            clock for case in own if period.first <= case.opened <= period.last for clock in _clocks(case, name, target)
        ]
        yield (process.title, target.title, str(period), target.share.percent, *_counts(clocks, target, view, period))


def _opened_in(case: CaseFacts, scope: ReportScope) -> bool:
    return (scope.since is None or case.opened >= scope.since) and (scope.until is None or case.opened <= scope.until)


def _periods(days: Sequence[date], every: CountedEvery, scope: ReportScope, today: date) -> Iterator[Period]:
    """From that of the first case to that of today, cut to the days that are asked for; with no case, the last one."""
    end = min(today, scope.until or today)
    first = _first_day(min(days, default=end), every)
    while first <= end:
        following = _first_day(first + timedelta(days=366 if every is CountedEvery.YEAR else 92), every)
        last = following - timedelta(days=1)
        yield Period(max(first, scope.since or first), min(last, scope.until or last))
        first = following


def _first_day(day: date, every: CountedEvery) -> date:
    """Of the financial year from April in which a day lies, or of its quarter."""
    if every is CountedEvery.QUARTER:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)  # noqa: PLR2004 - April


def _clocks(case: CaseFacts, name: str, target: Target) -> list[Owed]:
    """The clocks of a case that a target is of, each as it stands after it was sent back."""
    if target.limit is None:
        return [clock for clock in case.measured if clock.item == name]
    last = {clock.item: clock for clock in case.owed if clock.limit and step_of(clock.item) == target.limit}
    return list(last.values())


def _counts(clocks: Sequence[Owed], target: Target, view: View, period: Period) -> tuple[Cell, ...]:
    clocks = [clock for clock in clocks if clock.due is not None]
    late = [clock for clock in clocks if late_by(clock, view)]
    in_time = sum(clock.ended is Status.DONE for clock in clocks) - sum(clock.ended is Status.DONE for clock in late)
    running = sum(clock.ended in {Status.OPEN, Status.PENDING} for clock in clocks if clock not in late)
    counted = in_time + len(late)
    reached = 100 * in_time // counted if counted else None
    is_open = running > 0 or period.last >= view.today
    stands = _stands(target, in_time, counted, running, is_open=is_open)
    short = listing(dict.fromkeys(clock.reference for clock in late), none="")
    return reached, counted, in_time, len(late), running, stands, short


def _stands(target: Target, in_time: int, counted: int, running: int, *, is_open: bool) -> str:
    if not counted:
        return "none is due yet" if running else "no case to count"
    if counted < target.share.fewest:
        return f"too few to say (fewer than {target.share.fewest})"
    reached = "reached" if target.share.is_reached(in_time, counted) else "not reached"
    return f"{reached} so far" if is_open else reached
