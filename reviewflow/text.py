"""Words that every message and page shares: lists, numbers of things and days, as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from reviewflow.london import LONDON

MOST_LISTED = 40


def listing(words: Iterable[str], *, none: str = "nothing yet", last: str = "and") -> str:
    """The words as one phrase: 'a, b and c'; of a great many the first ones.

    Where one of them has the last word in it, a comma says where it ends: 'Gathering, and Meeting and deciding'.
    """
    shown = list(words)
    if not shown:
        return none
    if len(shown) > MOST_LISTED:
        shown = [*shown[:MOST_LISTED], f"{len(shown) - MOST_LISTED} more"]
    if len(shown) == 1:
        return shown[0]
    comma = "," if any(f" {last} " in word for word in shown) else ""
    return f"{', '.join(shown[:-1])}{comma} {last} {shown[-1]}"


_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b")
"""What a formula begins with in some spreadsheet: the full-width and small forms too, and what is skipped before it."""


def unlike_formula(text: str) -> str:
    """The text for a cell of a spreadsheet, with a mark before what would be taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def without_mark(text: str) -> str:
    """What `unlike_formula` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def folded(text: str) -> str:
    """Typed words as they are compared: in whatever letters, and however they are spaced or broken over lines."""
    return " ".join(text.split()).casefold()


def counted(number: int, thing: str) -> str:
    """'1 working day', '2 working days': for things whose plural ends in s."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def times_words(number: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th', '21st'."""
    ending = "th" if number % 100 in range(11, 14) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def clock_words(clock: time) -> str:
    """'14:30'."""
    return f"{clock:%H:%M}"


@lru_cache(maxsize=4096)
def day_words(day: date) -> str:
    """'Wed 27 May 2026'."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def due_words(due: date, by: time | None) -> str:
    """'Wed 27 May 2026', or 'Wed 27 May 2026, 14:30' where a time of day counts."""
    return f"{day_words(due)}, {clock_words(by)}" if by is not None else day_words(due)


def end_words(day: date, by: time | None) -> str:
    """The last moment of what is due: 'the end of Wed 27 May 2026', or '17:00 on Wed 27 May 2026'."""
    return f"{clock_words(by)} on {day_words(day)}" if by is not None else f"the end of {day_words(day)}"


def moment_words(moment: datetime) -> str:
    """'Wed 27 May 2026 14:30': the day and the time of day that it is in London."""
    local = moment.astimezone(LONDON)
    return f"{day_words(local.date())} {clock_words(local.time())}"
