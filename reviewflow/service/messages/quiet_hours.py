"""When ordinary letters may go: on office days, outside the quiet hours, from the office's sending time on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from reviewflow.calendar import Calendar
from reviewflow.language.model import Partnership
from reviewflow.london import LONDON


def may_go(partnership: Partnership, office: Calendar, now: datetime) -> bool:
    """Whether an ordinary letter may be sent now; always without quiet hours in partnership.yaml."""
    if partnership.quiet is None:
        return True
    here = now.astimezone(LONDON)
    return office.is_working_day(here.date()) and _begins(partnership) <= here.time() < partnership.quiet.begins


def opens(partnership: Partnership, day: date) -> datetime:
    """The moment, in UTC, from which ordinary letters may be sent on an office day; its start without quiet hours."""
    return _at(day, _begins(partnership) if partnership.quiet else time())


def next_time(partnership: Partnership, office: Calendar, now: datetime) -> datetime:
    """The next moment, in UTC, at which an ordinary letter may be sent; `now` when it may."""
    if may_go(partnership, office, now):
        return now
    here = now.astimezone(LONDON)
    if office.is_working_day(here.date()) and here.time() < _begins(partnership):
        return _at(here.date(), _begins(partnership))
    return next_day(partnership, office, now)


def next_day(partnership: Partnership, office: Calendar, now: datetime) -> datetime:
    """The sending time, in UTC, of the next office day: for when today's letter has been sent."""
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return _at(office.on_or_after(tomorrow), _begins(partnership))


def _begins(partnership: Partnership) -> time:
    """The later of the sending time and the end of the quiet hours, so that the night's messages go with the day's."""
    return max(partnership.send_at, partnership.quiet.ends) if partnership.quiet else partnership.send_at


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
