"""The day and the time of day of an event, in the ways in which people write them; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from reviewflow.errors import ReviewflowError
from reviewflow.service.handed_in.spreadsheet_file import Formula, Value

EARLIEST = 1900
"""The first year that is read: a date before it is a slip, or a time of day that a spreadsheet shows as a date."""
FORMULA = "a formula stands there; paste its value in its place"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_FULL = "january february march april may june july august september october november december".split()  # noqa: SIM905
_BY_NAME = {name: at for names in (_MONTHS, _FULL) for at, name in enumerate(names, start=1)} | {"sept": 9}
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_IN_WORDS = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -]*(?:of +)?"
    r"(?P<month>[a-z]+)\.?,?[ -]*(?P<year>\d{4})"
)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]+(\d{1,2}|[a-z]+)[-/. ]+\d{2}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.]\d{2}(?:\.0+)?)?)? *(?:([ap])\.?m\.?|hrs?|hours|h)?")
_PLAIN = re.compile(r"([01]\d|2[0-3])([0-5]\d) *(?:hrs?|hours|h)?")
_BESIDE = re.compile(r"t|,? *at +|,? +")
_NOT_KNOWN = {"", "-", "n/a", "na", "nk", "not known", "unknown", "not recorded", "none", "time not known", "?"}
_NOON = 12


class Unreadable(ReviewflowError):
    """What is wrong with a date or a time, without a letter of what is written there."""


def read_day(cell: Value) -> tuple[date, time | None]:
    """The day, and the time that stands in the same cell; raises Unreadable.

    A text with the day first is read so: 05/06/2026 is in June.
    """
    match cell:
        case None:
            raise Unreadable("there is no date")
        case Formula():
            raise Unreadable(f"the date cannot be read: {FORMULA}")
        case datetime():
            day, clock = cell.date(), cell.time().replace(second=0, microsecond=0)
            return _meant(day), None if clock == time() else clock
        case date():
            return _meant(cell), None
        case str() if cell.strip():
            return _day_of(" ".join(cell.casefold().split()))
        case str():
            raise Unreadable("there is no date")
        case _:
            raise Unreadable("the date cannot be read: a number or a time stands there")


def read_clock(cell: Value | timedelta) -> time | None:
    """The time of day; None where none is given or it is said not to be known; raises Unreadable."""
    match cell:
        case None:
            return None
        case datetime():
            return cell.time().replace(second=0, microsecond=0)
        case time():
            return cell.replace(second=0, microsecond=0, tzinfo=None)
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            minutes = cell // timedelta(minutes=1)
            return time(minutes // 60, minutes % 60)
        case str():
            return _clock_of(" ".join(cell.casefold().split()))
        case Formula():
            raise Unreadable(f"the time cannot be read: {FORMULA}")
        case _:
            raise Unreadable("the time cannot be read: write it as 14:30")


def _day_of(text: str) -> tuple[date, time | None]:
    for form in (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS):
        if match := form.match(text):
            day = _meant(_day(match, day_first=form is _DAY_FIRST))
            return day, _clock_beside(text[match.end() :])
    if _SHORT_YEAR.match(text):
        raise Unreadable("the date cannot be read: its year has two digits; write 2026-05-14")
    raise Unreadable("the date cannot be read: write it as 2026-05-14")


def _clock_beside(rest: str) -> time | None:
    """The time that follows a date in its cell."""
    if not rest:
        return None
    try:
        if between := _BESIDE.match(rest):
            return _clock_of(rest[between.end() :])
    except Unreadable:
        pass
    raise Unreadable("the date cannot be read: more than a date and a time stands there")


def _day(match: re.Match[str], *, day_first: bool) -> date:
    month = match["month"]
    number = int(month) if month.isdecimal() else _BY_NAME.get(month, 0)
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        swapped = day_first and number > _NOON >= int(match["day"])
    if swapped:
        raise Unreadable(
            "the date cannot be read: its month stands before its day, and others of this file may; write 2026-05-14"
        )
    raise Unreadable("the date cannot be read: the calendar has no such day")


def _meant(day: date) -> date:
    if day.year < EARLIEST:
        raise Unreadable(f"the date cannot be read: it is before {EARLIEST}")
    return day


def _clock_of(text: str) -> time | None:
    if text in _NOT_KNOWN:
        return None
    if match := _PLAIN.fullmatch(text):
        return time(int(match[1]), int(match[2]))
    match = _CLOCK.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise Unreadable("the time cannot be read: write it as 14:30")
    hour, half = int(match[1]), match[3]
    if half and (hour == 0 or (half == "a" and hour > _NOON)):
        raise Unreadable("the time cannot be read: write it as 14:30")
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        raise Unreadable("the time cannot be read: the day has no such time") from None
