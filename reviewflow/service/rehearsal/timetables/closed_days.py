"""The days of a timetable that are not counted, and by whose calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reviewflow.calendar import OFFICE, WEEKEND, Calendar
from reviewflow.case.model.state import CUT_SHORT
from reviewflow.case.rules.timing.counted_in import days_of_process
from reviewflow.london import london_day
from reviewflow.service.rehearsal.played import Played
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind


def closed_days(played: Played) -> Iterator[Row]:
    """Weekdays on which the office or the process's own calendar does not work, from the opening to the last day."""
    office, own = played.setting.office, _own_days(played)
    first, last = min(played.scenario.dates.values()), last_day(played)
    for stretch in _stretches(_closed(played), office, first, last):
        yield Row(
            day=stretch[0],
            kind=RowKind.CLOSED,
            name="",
            title=_closed(played)[stretch[0]],
            who="",
            rule="",
            due=None,
            opened=None,
            done=None,
            until=stretch[-1],
            provisional=office.is_provisional(stretch[0]),
            note=_whether_counted(played, own, stretch[0]),
        )


def _own_days(played: Played) -> Calendar:
    return days_of_process(played.setting.plan, played.case, played.setting.calendars)


def _closed(played: Played) -> Mapping[date, str]:
    """The closed days of the office and of the process's own calendar, by the reason that the latter gives."""
    return {**played.setting.office.closed, **_own_days(played).closed}


def _whether_counted(played: Played, own: Calendar, day: date) -> str:
    """For a process with days of its own, whether they have this one; else whether bank holidays alone have it."""
    calendars = played.setting.calendars
    if own not in (calendars[OFFICE], calendars["england"]):
        return "counted all the same, as the process counts" if own.is_working_day(day) else "not counted"
    counted = calendars["england"].is_working_day(day)
    return "counted all the same where bank holidays alone are left out" if counted else "not counted"


def _stretches(closed: Mapping[date, str], office: Calendar, first: date, last: date) -> Iterator[list[date]]:
    """Days closed for the same reason with no working day between them."""
    stretch: list[date] = []
    for day in sorted(day for day in closed if first <= day <= last and day.weekday() not in WEEKEND):
        same = stretch and closed[day] == closed[stretch[-1]]
        if same and not office.working_days_between(stretch[-1], day):
            stretch.append(day)
            continue
        if stretch:
            yield stretch
        stretch = [day]
    if stretch:
        yield stretch


def last_day(played: Played) -> date:
    """The last day on which anything was due or done."""
    states = [state for happening in played.happenings for state in happening.after.items.values()]
    last = max((day for state in states for day in (state.due, state.done) if day), default=played.case.opened)
    return min(last, london_day(played.happenings[-1].now)) if played.case.status in CUT_SHORT else last
