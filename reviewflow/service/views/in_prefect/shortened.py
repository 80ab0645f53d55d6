"""What of a case is drawn: what people do and did, and what comes soon.

Drawn whole, a review of a year would be nothing but thin lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import Line

SOON = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Shortened:
    """The lines to be drawn, and how many steps come later than the last day that is drawn."""

    lines: tuple[Line, ...]
    later: int
    until: date


def shortened(plan: Plan, lines: Sequence[Line], today: date) -> Shortened:
    """Left out: what was not needed, what happens by itself in a moment, and what is more than 45 days away."""
    days, until = expected(lines), today + SOON
    far = {line.item for line in lines if line.standing is Standing.NOT_YET and days.get(line.item, date.max) > until}
    out = {line.item for line in lines if line.standing is Standing.NOT_NEEDED or _passes(plan, line)} | far
    drawn = tuple(line for line in lines if line.item not in out)
    later = {line.step for line in lines if line.item in far and not _passes(plan, line)}
    return Shortened(drawn, len(later), until)


def expected(lines: Sequence[Line]) -> dict[str, date]:
    """When each item is expected: on its due day, or when the last of what it waits for is. Lines stand in order."""
    days: dict[str, date] = {}
    for line in lines:
        day = line.due or max((days[item] for item in line.after if item in days), default=None)
        if day is not None:
            days[line.item] = day
    return days


def _passes(plan: Plan, line: Line) -> bool:
    """Messages, papers and dates take no time; waiting does, and another case is worth seeing."""
    step = plan.steps[step_of(line.item)]
    return line.automatic and step.wait is None and step.start is None
