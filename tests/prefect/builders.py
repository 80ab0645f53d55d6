"""Cases and work with defaults, so that a test says only what it is about."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from reviewflow.service.views.in_prefect.shown import CaseView, Standing, WorkView

_numbers = count(1)
NOW = datetime.now(UTC)
TODAY = NOW.date()
FORM = {
    "title": "Agency summary",
    "type": "object",
    "required": ["returned_on", "by"],
    "properties": {
        "returned_on": {
            "type": "string",
            "format": "date",
            "title": "Bounce on",
            "description": "The day on which the summary arrived",
            "position": 0,
        },
        "quality": {"type": "string", "enum": ["Assured", "Not assured"], "title": "Quality", "position": 1},
        "by": {"type": "string", "title": "Your name and role", "position": 2},
    },
}
ANSWERS = {"returned_on": "2026-05-14", "quality": "Assured", "by": "A. Clerk, {{ 1 + 1 }}"}


def reference() -> str:
    return f"RR-2026-{next(_numbers):03}"


def in_days(days: float) -> date:
    return TODAY + timedelta(days=days)


def work(case: str, owner: str = "police", **changes: Any) -> WorkView:
    given: dict[str, Any] = {
        "key": f"{case}/agency_return/{owner}/1",
        "case": case,
        "item": f"agency_return/{owner}",
        "title": f"{case} · Agency summary and chronology · {owner.title()}",
        "due": in_days(7),
        "standing": Standing.OPEN,
        "message": "Police · chased once",
        "tags": (f"owner:{owner}",),
        "form": FORM,
        "help": "What counts as a **return**",
    }
    return WorkView(**{**given, **changes})


def case(name: str, **changes: Any) -> CaseView:
    given: dict[str, Any] = {
        "reference": name,
        "title": f"{name} · Rapid review",
        "label": "On track",
        "message": "Submission to the Panel: 15 working days",
        "number": 3,
    }
    return CaseView(**{**given, **changes})
