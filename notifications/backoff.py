"""When a letter that did not go is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

_FIRST = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
_THEN = timedelta(hours=1)
_IN_ALL = timedelta(hours=24)

_HOURLY = (_IN_ALL - sum(_FIRST, timedelta())) // _THEN
WAITS = (*_FIRST, *[_THEN] * _HOURLY)
"""The wait after the first try, after the second, and so on, until a day is over."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when a day of trying is over and a person must look."""
    if tries < 1:
        raise ValueError(f"{tries} tries: there is nothing to try again before the first.")
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
