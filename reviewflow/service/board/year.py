"""The year since April: cases, timeliness, medians and targets, beside the same days of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from reviewflow.case.model.state import Status
from reviewflow.london import london_day
from reviewflow.service.reports.figures.targets import targets_sheet
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.reports.sheets import ReportScope, View, late_by
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import moment_words

APRIL = 4
COUNTED = frozenset({Status.DONE, Status.OPEN})


@dataclass(frozen=True, slots=True)
class Year:
    """The days of a financial year so far; both belong to it."""

    first: date
    last: date

    @property
    def before(self) -> Year:
        """The same days of the year before."""
        return Year(_year_earlier(self.first), _year_earlier(self.last))

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def year_of(today: date) -> Year:
    """From the first of April to today."""
    return Year(date(today.year if today.month >= APRIL else today.year - 1, APRIL, 1), today)


def _year_earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if leap_day else day.replace(year=day.year - 1)


@dataclass(frozen=True, slots=True)
class YearRow:
    """One figure, this year and in the same days of the year before; '' where there is nothing to count."""

    what: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target and how it stands in its period."""

    process: str
    """The title of the process."""
    target: str
    period: str
    wanted: int
    reached: int | None
    """Per cent; None while there is nothing to count."""
    counted: int
    stands: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """The year so far."""

    office: str
    now: datetime
    year: Year
    rows: tuple[YearRow, ...]
    targets: tuple[TargetRow, ...]


def counted_words(what: str, at: datetime) -> str:
    """'These figures are counted once a day, last at …': they may be older than what stands beside them."""
    return f"{what} counted once a day, last at {moment_words(at)}: what was recorded since then is counted tomorrow."


def year_page(workspace: Workspace, facts: Sequence[CaseFacts], *, now: datetime) -> YearPage:
    """The figures are those of `report`: its facts, counted for two periods."""
    today = london_day(now)
    view, year = View(today, workspace.calendars, workspace.partnership), year_of(today)
    names = dict.fromkeys(case.title for case in facts)
    rows = [
        YearRow("Cases opened", _opened(facts, year), _opened(facts, year.before)),
        *(_opened_row(facts, year, title) for title in names),
        *_limit_rows(facts, year, view),
        YearRow("Answers of agencies in time", _answers(facts, year, view), _answers(facts, year.before, view)),
    ]
    shown = [row for row in rows if row.now or row.before]
    return YearPage(workspace.partnership.partnership, now, year, tuple(shown), tuple(_targets(workspace, facts, view)))


def _opened(facts: Iterable[CaseFacts], year: Year) -> str:
    return str(sum(year.has(case.opened) for case in facts))


def _opened_row(facts: Sequence[CaseFacts], year: Year, title: str) -> YearRow:
    own = [case for case in facts if case.title == title]
    now, before = _opened(own, year), _opened(own, year.before)
    return YearRow(f"{title}: opened", *(("", "") if (now, before) == ("0", "0") else (now, before)))


def _limit_rows(facts: Sequence[CaseFacts], year: Year, view: View) -> Iterator[YearRow]:
    """Of each clock how many that were due were met in time, and how many working days it took in the middle."""
    owed = [clock for case in facts for clock in case.owed if clock.limit]
    for title in dict.fromkeys(clock.title for clock in sorted(owed, key=lambda clock: not clock.national)):
        own = [clock for clock in owed if clock.title == title]
        yield YearRow(f"{title}: in time", _in_time(own, year, view), _in_time(own, year.before, view))
        yield YearRow(f"{title}: working days, median", _took(own, year, view), _took(own, year.before, view))


def _in_time(owed: Iterable[Owed], year: Year, view: View) -> str:
    """'5 of 6': of those that were due in these days and were met, or are late."""
    due = [clock for clock in owed if year.has(clock.due) or (year.has(clock.done) and clock.ended is Status.DONE)]
    ended = [(clock.ended is Status.DONE, late_by(clock, view) > 0) for clock in due if clock.ended in COUNTED]
    met, late = sum(done and not is_late for done, is_late in ended), sum(is_late for _, is_late in ended)
    counted = met + late
    return f"{met} of {counted}" if counted else ""


def _took(owed: Iterable[Owed], year: Year, view: View) -> str:
    days = [
        view.days_between(clock.opened, clock.done, clock.calendar)
        for clock in owed
        if clock.ended is Status.DONE and clock.done and year.has(clock.done)
    ]
    return f"{median(days):g}" if days else ""


def _answers(facts: Iterable[CaseFacts], year: Year, view: View) -> str:
    owed = [work for case in facts for work in case.owed if work.owner.startswith("agency:") and work.due]
    return _in_time(owed, year, view)


def _targets(workspace: Workspace, facts: Sequence[CaseFacts], view: View) -> Iterator[TargetRow]:
    """The newest period of each target that its process sets."""
    for sheet in targets_sheet(facts, workspace.processes(), ReportScope(), view):
        newest = {(row[0], row[1]): row for row in sheet.rows}
        for process, target, period, wanted, reached, counted, *rest in newest.values():
            yield TargetRow(
                str(process),
                str(target),
                str(period),
                int(str(wanted)),
                reached if isinstance(reached, int) else None,
                int(str(counted)),
                str(rest[3]),
            )
