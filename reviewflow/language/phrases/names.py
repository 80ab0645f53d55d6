"""Names that phrases could not tell from their own words: nothing that may stand in one is called so."""

from __future__ import annotations

from reviewflow.calendar.named_days import WEEKDAYS

JOINING = frozenset({"and", "or"})
"""Between the days of a comparison, and between those who must be among a quorum."""
DAYS_OF_THE_WEEK = frozenset(name for day in WEEKDAYS for name in (day.lower(), f"{day.lower()}s"))
"""'2 days after monday' is meant as the Monday of a calendar."""
