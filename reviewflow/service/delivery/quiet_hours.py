"""When ordinary letters may go: on office days, outside the quiet hours, from the office's sending time on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from reviewflow.calendar import Calendar
from reviewflow.language.model import Partnership
from reviewflow.london import LONDON


def may_go(partnership: Partnership, office: Calendar, now: datetime) -> bool:
    """Whether an ordinary letter may go now. Without quiet hours in partnership.yaml it always may."""
    if partnership.quiet is None:
        return True
    here = now.astimezone(LONDON)
    return office.is_working_day(here.date()) and _begins(partnership) <= here.time() < partnership.quiet.begins


def opens(partnership: Partnership, day: date) -> datetime:
    """From when on ordinary letters may go on an office day; from its first moment where there are no quiet hours."""
    return _at(day, _begins(partnership) if partnership.quiet else time())


def next_time(partnership: Partnership, office: Calendar, now: datetime) -> datetime:
    """The next moment at which an ordinary letter may go; now, if it may."""
    if may_go(partnership, office, now):
        return now
    here = now.astimezone(LONDON)
    if office.is_working_day(here.date()) and here.time() < _begins(partnership):
        return _at(here.date(), _begins(partnership))
    return next_day(partnership, office, now)


def next_day(partnership: Partnership, office: Calendar, now: datetime) -> datetime:
    """The sending time of the next office day: the one letter of today has gone."""
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return _at(office.on_or_after(tomorrow), _begins(partnership))


def _begins(partnership: Partnership) -> time:
    """Not as soon as the night ends: what comes before the sending time goes with the day's reminders."""
    return max(partnership.send_at, partnership.quiet.ends) if partnership.quiet else partnership.send_at


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
