"""Cases: all that are open, each with its stage, its clocks and what is late in it, on one scale of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reviewflow.london import london_day
from reviewflow.service.board.facts.shapes import Clock, Glance, Verdict
from reviewflow.service.board.today import clock_words, number_words
from reviewflow.service.views.forecasts import WORST_FIRST
from reviewflow.service.workspace.workspace import Workspace

LEAST, MOST = timedelta(days=28), timedelta(days=400)
"""How far the time line reaches ahead of today at least, and at most; and back at most."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One open case."""

    reference: str
    process: str
    opened: date
    stage: str
    late: int
    worst_late: int
    """By how many working days the longest late thing in it is late; 0 where nothing is."""
    next_due: date | None
    clocks: tuple[Clock, ...]
    """Those that run, the one that ends first in front."""
    holds: tuple[str, ...]
    legal_holds: int

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its clocks; None where none runs."""
        return min((clock.verdict for clock in self.clocks), key=WORST_FIRST.index, default=None)


@dataclass(frozen=True, slots=True)
class CasesPage:
    """All open cases, the worst first, and the days between which they are drawn."""

    office: str
    now: datetime
    lines: tuple[CaseLine, ...]
    first: date
    last: date

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def headline(self) -> str:
        """How many are open, and of how many clocks the worst is what."""
        clocks = [clock for line in self.lines for clock in line.clocks]
        number = number_words(len(self.lines)).capitalize()
        return f"{number} {'case is' if len(self.lines) == 1 else 'cases are'} open. {clock_words(clocks)}"


def cases_page(workspace: Workspace, seen: Iterable[Glance], *, now: datetime) -> CasesPage:
    """The page from what each open case adds to it."""
    day, lines = london_day(now), sorted(map(_line, seen), key=_worst)
    days = [clock.due for line in lines for clock in line.clocks]
    first = max(min((line.opened for line in lines), default=day), day - MOST)
    last = min(max((*days, day + LEAST)), day + MOST)
    return CasesPage(workspace.partnership.partnership, now, tuple(lines), first, last)


def _line(case: Glance) -> CaseLine:
    return CaseLine(
        reference=case.reference,
        process=case.process,
        opened=case.opened,
        stage=case.stage,
        late=len(case.late),
        worst_late=max((row.days for row in case.late), default=0),
        next_due=min((row.due for row in case.coming if not row.late), default=None),
        clocks=tuple(sorted((clock for clock in case.clocks if clock.is_running), key=lambda clock: clock.due)),
        holds=tuple(hold.title for hold in case.holds),
        legal_holds=case.legal_holds,
    )


def _worst(line: CaseLine) -> tuple[int, int, str]:
    verdict = line.verdict
    return WORST_FIRST.index(verdict) if verdict else len(WORST_FIRST), -line.worst_late, line.reference
