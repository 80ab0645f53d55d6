"""Plan against fact, a pair of bars a stage: the days that were planned, that it took, and that are likely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.case.rules.standing import Standing
from reviewflow.service.messages.foreseen import foreseen_of
from reviewflow.service.views.case_page.shapes import FELL_AWAY, OWED_NOW, CasePage, Line, settled_words
from reviewflow.service.views.in_prefect.shortened import expected
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words

WHOLE = "The case"
"""What the one pair of bars is called where a process has no stages."""


@dataclass(frozen=True, slots=True)
class DaySpan:
    """From one day to another; both belong to it."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """'Tue 17 Nov 2026 to Wed 25 Nov 2026', or the one day."""
        return (
            day_words(self.first) if self.first == self.last else f"{day_words(self.first)} to {day_words(self.last)}"
        )


@dataclass(frozen=True, slots=True)
class StageBar:
    """One stage. None: nothing was planned, has happened or is likely to."""

    title: str
    planned: DaySpan | None
    fact: DaySpan | None
    is_done: bool
    likely: DaySpan | None
    words: str
    """How far it is: '3 of 5 settled, 2 late'."""

    @property
    def late(self) -> DaySpan | None:
        """That part of the fact which lies past the plan."""
        if self.planned is None or self.fact is None or self.fact.last <= self.planned.last:
            return None
        return DaySpan(max(self.planned.last, self.fact.first), self.fact.last)


def stage_bars(context: CaseContext, page: CasePage) -> Iterator[StageBar]:
    """One for each stage in which something is or was to be done by people, in the order of the process."""
    lines = [line for line in page.steps if not line.automatic and line.standing not in FELL_AWAY]
    days, foreseen = expected(page.steps), _foreseen(context)
    for title in page.stages or ("",):
        own = [line for line in lines if line.stage == title or not page.stages]
        if own:
            yield _bar(title or WHOLE, own, days, foreseen, page.opened, context.today)


def _bar(
    title: str,
    lines: Sequence[Line],
    days: Mapping[str, date],
    foreseen: Mapping[str, date],
    opened: date,
    today: date,
) -> StageBar:
    is_done = all(line.done for line in lines)
    late = sum(line.standing is Standing.OVERDUE for line in lines)
    words = ", ".join(filter(None, (settled_words(lines), f"{late} late" if late else "")))
    fact = _fact(lines, today, is_done=is_done)
    likely = [foreseen[line.item] for line in lines if line.item in foreseen and not line.done]
    planned = _planned(lines, days, opened)
    begins = max(today, planned.first) if planned and fact is None else today
    coming = DaySpan(min(begins, max(likely)), max(likely)) if likely else None
    return StageBar(title, planned, fact, is_done, None if is_done else coming, words)


def _planned(lines: Sequence[Line], days: Mapping[str, date], opened: date) -> DaySpan | None:
    """To the day on which the last of it was due at first, from when that before it was."""
    ends = [day for line in lines if (day := line.original or line.due) is not None]
    if not ends:
        return None
    own = {line.item for line in lines}
    begun = [max((days[item] for item in line.after if item in days), default=opened) for line in lines]
    first = min((day for line, day in zip(lines, begun, strict=True) if not own & {*line.after}), default=opened)
    return DaySpan(min(first, *ends), max(ends))


def _fact(lines: Sequence[Line], today: date, *, is_done: bool) -> DaySpan | None:
    """From the day on which the first of it opened; until today while something in it is owed."""
    begun = [
        day for line in lines if line.standing in OWED_NOW or line.done for day in (line.opened or line.done,) if day
    ]
    if not begun:
        return None
    done = [line.done for line in lines if line.done]
    last = max(done) if is_done or not any(line.standing in OWED_NOW for line in lines) else today
    return DaySpan(min(*begun, last), last)


def _foreseen(context: CaseContext) -> Mapping[str, date]:
    """By item, the day that is foreseen for it by the forecast of the limit it is on the way to."""
    days: dict[str, date] = {}
    for foreseen in foreseen_of(context):
        for link in foreseen.chain:
            days[link.item] = max(link.day, days.get(link.item, link.day))
    return days
