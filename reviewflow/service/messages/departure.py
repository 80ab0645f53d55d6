"""When a message that falls due leaves the building: with the next sweep, outside quiet hours unless it is urgent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.language.model import Partnership
from reviewflow.service.messages.quiet_hours import next_time

EVERY = timedelta(minutes=15)
"""How often a sweep runs, day and night, as deploy/prefect.yaml says."""


def is_urgent(partnership: Partnership, item: str) -> bool:
    """Whether messages about an item go at once, at any hour, beside the one letter a day."""
    return step_of(item) in partnership.breaks_daily


def sweep_at(moment: datetime) -> datetime:
    """The moment, in UTC, of the first sweep at this moment or after it."""
    begins = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return begins + -(-(moment - begins) // EVERY) * EVERY


def leaves_at(partnership: Partnership, calendars: Calendars, item: str, when: datetime) -> datetime:
    """The moment, in UTC, at which a message about an item that falls due at `when` goes out.

    A mailbox that has had its letter of that day gets it on the next office day: that is known only to the outbox.
    """
    sweep = sweep_at(when)
    return sweep if is_urgent(partnership, item) else next_time(partnership, calendars[OFFICE], sweep)
