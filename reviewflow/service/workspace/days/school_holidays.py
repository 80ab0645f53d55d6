"""School holidays: they move no day, but whoever plans is warned."""

from __future__ import annotations

from datetime import date

from reviewflow.language.model import Partnership
from reviewflow.language.phrases import parse_days

EDUCATION = "education"


def warning(partnership: Partnership, owner: str, due: date | None) -> str:
    """'in the school holidays of St Mary (Christmas)' when an education agency owes something then; else ''."""
    kind, _, name = owner.partition(":")
    agency = partnership.agencies.get(name) if kind == "agency" else None
    if due is None or agency is None or agency.sector != EDUCATION:
        return ""
    for days, title in partnership.school_holidays.items():
        first, last = parse_days(days)
        if first <= due <= last:
            return f"in the school holidays of {agency.title} ({title})"
    return ""
