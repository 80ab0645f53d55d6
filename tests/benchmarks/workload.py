"""What every engine does: one statutory case review, thirteen times answered by a person, six of them in parallel.

Two decisions, three timers with an escalation, two automatic steps. A completion is durable before it is answered,
one transaction each, in one process.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol

AGENCIES = ("police", "health", "education", "childrens_social_care", "probation", "housing")
COMPLETIONS = 13
NOW = datetime(2026, 11, 2, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 2)
BY = "Officer, Northmoor"
ANSWERS = {
    "paper": "reviews/2026/agency-return-17",
    "recorded_for": "business_support",
    "note": "Reviewed the referral and the chronology; what was found stands in the case file, and nothing is open.",
}
FORM = {"completed_by": BY, "completed_at": NOW.isoformat(), **ANSWERS}
"""The same answers, for an engine that keeps who and when among them."""


def goes_on(case: int) -> bool:
    """Every other case leads to a review; the others end with the reasons why not."""
    return case % 2 == 0


class Engine(Protocol):
    """One way to do the work, on one database that it finds empty."""

    def open(self, case: int) -> None: ...

    def complete(self, case: int) -> None:
        """Record the next answer of this case, with all that follows from it."""
        ...

    def finished(self) -> int:
        """How many cases are over, as the database has it."""
        ...

    def completions(self) -> int:
        """How many answers the database has, over all cases."""
        ...

    def close(self) -> None: ...


def play(engine: Engine, cases: int) -> None:
    """Every open case gets its next answer, until all thirteen are in: nobody's case stays in a cache."""
    for _ in range(COMPLETIONS):
        for case in range(cases):
            engine.complete(case)
