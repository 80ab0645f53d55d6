"""Lists over cases: the cases, what is due, what is forecast, and the history of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.case.rules.forecast import Verdict
from reviewflow.case.rules.standing import Standing
from reviewflow.cli.tables.long import Cell, print_table
from reviewflow.cli.tables.plain import STYLES, day_cell, due_cell, page, standing_cell, table
from reviewflow.text import counted

if TYPE_CHECKING:
    from reviewflow.service.views.case_glances import CaseGlance, NextLimit
    from reviewflow.service.views.case_page.due import Shown
    from reviewflow.service.views.forecasts import ForecastLine
    from reviewflow.service.views.history import HistoryEntry
    from reviewflow.service.views.no_due_date import Undated


VERDICT_STYLES = {
    Verdict.MET: STYLES[Standing.DONE],
    Verdict.ON_COURSE: STYLES[Standing.DONE],
    Verdict.TIGHT: STYLES[Standing.DUE_SOON],
    Verdict.UNLIKELY: STYLES[Standing.OVERDUE],
    Verdict.HELD: STYLES[Standing.ON_HOLD],
    Verdict.MISSED: STYLES[Standing.OVERDUE],
}


def cases_table(cases: Sequence[CaseGlance], today: date) -> None:
    """All cases, one a line."""
    console = page()
    if not cases:
        console.print("No cases. Open one with: reviewflow open PROCESS --date NAME=2026-05-05 --agency NAME")
        return
    rows = [_case_cells(case, today) for case in cases]
    print_table(("Case", "Process", "State", "Overdue", "Due soon", "Next limit"), rows)
    for words in _not_of_today([case.limit for case in cases if case.limit], today):
        console.print(words)


def _case_cells(case: CaseGlance, today: date) -> tuple[Cell, ...]:
    nearest = case.limit
    limit = f"{day_cell(nearest.due)}, {nearest.days}{_word(nearest, today)}" if nearest else ""
    late = Text(str(case.overdue or ""), style="bold red")
    return case.reference, case.title, case.status, late, str(case.due_soon or ""), limit


def _word(limit: NextLimit, today: date) -> str:
    """' (tight)'; ' (was tight)' where it was foreseen on an earlier day; '' where there is none."""
    if limit.verdict is None:
        return ""
    return f" ({'' if limit.foreseen_on == today else 'was '}{limit.verdict})"


def _not_of_today(limits: Sequence[NextLimit], today: date) -> Iterator[str]:
    """Why some words are older, and why some are missing; nothing where a sweep ran today."""
    days = {limit.foreseen_on for limit in limits}
    for day in sorted(filter(None, days - {today})):
        yield f"What a limit was is as of {day_cell(day)}, when a sweep foresaw it; nothing has happened in it since."
    if None in days:
        number = counted(sum(limit.foreseen_on is None for limit in limits), "limit")
        yield f"Whether {number} will be met is not foreseen yet: reviewflow sweep does it, or reviewflow show CASE."


def forecast_page(lines: Sequence[ForecastLine]) -> None:
    """Those in danger first, each with what its day hangs on."""
    console = page()
    if not lines:
        console.print("No time limit is running, and none has ended.")
    for line in lines:
        console.print(Text(f"{line.reference} · {line.title}: {line.verdict}", style=VERDICT_STYLES[line.verdict]))
        console.print(Text(f"  {line.words}"))
        if line.why:
            console.print(Text(f"  {line.why}"))
        if line.breach:
            console.print(Text(f"  Why it is late, as recorded: {line.breach.rstrip('. ')}."))


def due_table(lines: Sequence[tuple[str, Shown]]) -> None:
    """What is overdue or due soon, most urgent first."""
    console = page()
    if not lines:
        console.print("Nothing is due.")
        return
    cells = [(due_cell(line), line.days, case, line.title, line.owner, standing_cell(line)) for case, line in lines]
    print_table(("Due", "", "Case", "What", "Who", "State"), cells)


def undated_table(owed: Sequence[Undated]) -> None:
    """What is owed and has no day; nothing when there is none."""
    if owed:
        cells = [(undated.line.title, undated.reference, undated.line.owner, undated.why) for undated in owed]
        print_table(("No day yet", "Case", "Who", "Why"), cells)


AS_TYPED = "Names are as they were typed; a line says so where somebody was signed in."


def history_page(reference: str, entries: Sequence[HistoryEntry]) -> None:
    """Every fact with the day it is about, who said so and when it was recorded (UTC)."""
    console = page()
    console.print(Text(f"History of {reference}", style="bold"))
    rows = table("No.", "About", "What", "By", "Recorded (UTC)")
    for entry in entries:
        rows.add_row(str(entry.number), entry.on, entry.words, entry.by, entry.recorded_at[:16].replace("T", " "))
    console.print(rows)
    console.print(AS_TYPED)
