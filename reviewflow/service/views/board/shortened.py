"""What of a case is drawn: what people do and did, and what comes soon. A review of a year would be all thin lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page import Line

SOON = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Shortened:
    """The lines to be drawn, and how many steps come later than the last day that is drawn."""

    lines: tuple[Line, ...]
    later: int
    until: date


def shortened(plan: Plan, lines: Sequence[Line], today: date) -> Shortened:
    """Left out: what was not needed, what happens by itself in a moment, and what is far away; arrows lead past it."""
    known, until = expected(lines), today + SOON
    far = {line.item for line in lines if line.standing is Standing.NOT_YET and known.get(line.item, date.max) > until}
    out = {line.item for line in lines if line.standing is Standing.NOT_NEEDED or _passes(plan, line)} | far
    behind = {line.item: line.after for line in lines}
    kept = tuple(replace(line, after=_kept(line.after, behind, out)) for line in lines if line.item not in out)
    later = {line.step for line in lines if line.item in far and not _passes(plan, line)}
    return Shortened(kept, len(later), until)


def expected(lines: Sequence[Line]) -> dict[str, date]:
    """When each item is expected: on its due day, or when the last of what it waits for is. Lines stand in order."""
    found: dict[str, date] = {}
    for line in lines:
        day = line.due or max((found[item] for item in line.after if item in found), default=None)
        if day is not None:
            found[line.item] = day
    return found


def _passes(plan: Plan, line: Line) -> bool:
    """Messages, papers and dates take no time; waiting does, and another case is worth seeing."""
    step = plan.steps[step_of(line.item)]
    return line.automatic and step.wait is None and step.start is None


def _kept(after: Sequence[str], behind: Mapping[str, Sequence[str]], out: set[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting, seen = list(after), set[str]()
    while waiting:
        item = waiting.pop(0)
        if item in seen:
            continue
        seen.add(item)
        if item in out:
            waiting += behind.get(item, ())
        else:
            found[item] = None
    return tuple(found)
