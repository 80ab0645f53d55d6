"""Days as they are written in a file: 2026-12-18, and 2026-12-21 to 2027-01-04."""

from __future__ import annotations

import re
from datetime import date

from reviewflow.language.phrases.error import PhraseError

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def parse_day(text: str) -> date:
    """'2026-12-18' -> date; raises PhraseError PD015 that says what is wrong with it."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    if not match:
        raise PhraseError("PD015", f'"{text}" is not a date. Write the year first: 2026-12-18.')
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= len(_MONTHS):
        raise PhraseError("PD015", f"There is no month {month}. Write the year first, then the month: 2026-12-18.")
    raise PhraseError("PD015", f"{day} {_MONTHS[month - 1]} {year} is not a date.")


def parse_days(text: str) -> tuple[date, date]:
    """'2026-12-21 to 2027-01-04', or one day -> the first and the last; raises PhraseError PD015."""
    first, to, last = " ".join(text.split()).partition(" to ")
    days = parse_day(first), parse_day(last if to else first)
    if days[1] < days[0]:
        raise PhraseError("PD015", f'"{text}" ends before it begins. Write the first day first.')
    return days
