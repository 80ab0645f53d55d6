"""The words for whose days are counted."""

from __future__ import annotations

from reviewflow.calendar import OFFICE
from reviewflow.language.structure.calendars import CHOSEN, WhoseDays

REGIONS = frozenset({"england", "wales", "scotland", "northern_ireland"})


def calendar_words(name: str) -> str:
    """Whose days are counted: 'the office, with its closures', 'the calendar “trust”'."""
    place = name.replace("_", " ")
    if name in REGIONS:
        return f"{place.title()}: its bank holidays alone are left out, and no closure of the office"
    if name == CHOSEN:
        return "the calendar that is chosen when the case is opened"
    return "the office, with its closures" if name == OFFICE else f"the calendar “{place}”"


def whose_days_words(counted: WhoseDays) -> str:
    """'the calendar “trust”, as it says itself'."""
    separator = "; " if ":" in calendar_words(counted.calendar) else ", "
    return f"{calendar_words(counted.calendar)}{separator}{counted.stated}"
