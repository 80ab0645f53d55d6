"""What a summary covers, and whether a weekly one has its turn where the day of the week was changed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.calendar import Calendar
from reviewflow.language.model import HowOften, Weekday

_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\w+day))?")


@dataclass(frozen=True, slots=True)
class DigestPeriod:
    """What a digest covers: a name that is used once ('2026-W20', '2026-W20-Friday'), its first and its last day."""

    name: str
    since: date
    until: date


def period(every: HowOften, today: date, on: Weekday | None = None) -> DigestPeriod:
    """The day, the week that has begun on Monday or `on` another day, or the calendar quarter that is over."""
    match every:
        case HowOften.WORKING_DAY:
            return DigestPeriod(today.isoformat(), today, today)
        case HowOften.WEEK:
            first = today - timedelta(days=(today.weekday() - list(Weekday).index(on or Weekday.MONDAY)) % 7)
            year, week, _ = first.isocalendar()
            day = f"-{list(Weekday)[first.weekday()]}" if first.weekday() else ""
            return DigestPeriod(f"{year}-W{week:02d}{day}", first, first + timedelta(days=6))
        case HowOften.QUARTER:
            begins = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
            until = begins - timedelta(days=1)
            since = date(until.year, until.month - 2, 1)
            return DigestPeriod(f"{since.year}-Q{until.month // 3}", since, until)


def has_its_turn(present: DigestPeriod, before: Iterable[str], today: date, office: Calendar) -> bool:
    """Whether a weekly summary goes now, where those with these names went to the same post `before`.

    Nobody gets two in one week because its day was changed, nor one on a day that is neither the old nor the new: after
    a change the first goes on the new day.
    """
    went = [first for first in _first_days(before) if first > present.since - timedelta(days=7)]
    if any(first >= present.since for first in went):
        return False
    return not went or today == office.on_or_after(present.since)


def _first_days(names: Iterable[str]) -> Iterator[date]:
    for name in names:
        if found := _WEEK.fullmatch(name):
            year, week, day = found.groups()
            yield date.fromisocalendar(int(year), int(week), list(Weekday).index(Weekday(day or Weekday.MONDAY)) + 1)
