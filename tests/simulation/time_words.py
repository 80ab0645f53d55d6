"""The time words of a message, held against the day on which it leaves: a day to come is not past, a count is right."""

import re
from collections.abc import Iterator
from datetime import date, datetime

DAY = r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} \w{3} \d{4})"
TO_COME = re.compile(
    rf"(?:If nothing has (?:arrived|come) by (?:the end of )?|[Ww]e (?:ask|write) again on |ends by itself on ){DAY}"
)
COUNTED = re.compile(rf"{DAY}(?:, [\d:]+)? \((\d+) (?:[a-z]+ )?days? (left|overdue)\)")
TODAY = re.compile(rf"{DAY} \(due today\)")
ASKED_BY = re.compile(rf"[Pp]lease [a-z][^.]* by {DAY}")
FIRST = "had passed before this letter went"
"""As the first letter about something says it, of whoever was never asked before."""
BEFORE = re.compile(r"went out about it before: ([^.]*)\.")


def untrue_words(text: str, today: date) -> Iterator[str]:
    """What one message says of days that does not hold on the day on which it leaves."""
    yield from (found[0] for found in TO_COME.finditer(text) if _day(found) < today)
    yield from (found[0] for found in COUNTED.finditer(text) if not _is_so(found, today))
    yield from (found[0] for found in TODAY.finditer(text) if _day(found) != today)
    if "overdue" not in text and FIRST not in text:
        yield from (found[0] for found in ASKED_BY.finditer(text) if _day(found) < today)
    if "Days are counted from" in text:
        yield "it counts its days from another day"


def days_before(text: str) -> list[date]:
    """The days on which it says that something went out before."""
    listed = BEFORE.search(text)
    return [_day(found) for found in re.finditer(DAY, listed[1])] if listed else []


def _is_so(found: re.Match[str], today: date) -> bool:
    """There are no more working days between than days; and what is overdue lies behind."""
    days = (_day(found) - today).days if found[3] == "left" else (today - _day(found)).days
    return days > 0 and int(found[2]) <= days


def _day(found: re.Match[str]) -> date:
    return datetime.strptime(found[1], "%a %d %b %Y").date()
