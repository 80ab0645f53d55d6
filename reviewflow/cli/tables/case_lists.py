"""Lists over cases: the cases, what is due, what is forecast, and the history of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.case.rules.standing import Standing
from reviewflow.cli.tables.plain import STYLES, day_cell, due_cell, page, standing_cell, table

if TYPE_CHECKING:
    from reviewflow.service.views.case_page.shapes import CasePage, Line
    from reviewflow.service.views.forecasts import ForecastLine
    from reviewflow.service.views.history import HistoryEntry
    from reviewflow.service.views.no_due_date import Undated


def cases_table(cases: Sequence[CasePage]) -> None:
    """All cases, one a line."""
    console = page()
    if not cases:
        console.print("No cases. Open one with: reviewflow open PROCESS --date NAME=2026-05-05 --agency NAME")
        return
    rows = table("Case", "Process", "State", "Overdue", "Due soon", "Next limit")
    for case in cases:
        lines = [line for line in case.steps if line.days]
        overdue = sum(line.standing is Standing.OVERDUE for line in lines)
        soon = sum(line.standing is Standing.DUE_SOON for line in lines)
        running = [line for line in case.limits if line.days and line.due]
        nearest = min(running, key=lambda line: line.due or case.opened, default=None)
        limit = f"{day_cell(nearest.due)}, {nearest.days}{'' if nearest.in_time else ' (at risk)'}" if nearest else ""
        late = Text(str(overdue or ""), style="bold red")
        rows.add_row(case.reference, case.title, case.status, late, str(soon or ""), limit)
    console.print(rows)


def forecast_page(lines: Sequence[ForecastLine]) -> None:
    """Those in danger first, each with what its day hangs on."""
    console = page()
    if not lines:
        console.print("No time limit is running.")
    for line in lines:
        style = STYLES[Standing.DONE if line.in_time else Standing.OVERDUE]
        console.print(Text(f"{line.reference} · {line.title}: {'yes' if line.in_time else 'no'}", style=style))
        console.print(Text(f"  {line.words}"))
        if line.why:
            console.print(Text(f"  {line.why}"))
        if line.breach:
            console.print(Text(f"  Why it is late, as recorded: {line.breach.rstrip('. ')}."))


def due_table(lines: Sequence[tuple[str, Line]]) -> None:
    """What is overdue or due soon, most urgent first."""
    console = page()
    if not lines:
        console.print("Nothing is due.")
        return
    rows = table("Due", "", "Case", "What", "Who", "State")
    for reference, line in lines:
        rows.add_row(due_cell(line), line.days, reference, line.title, line.owner, standing_cell(line))
    console.print(rows)


def undated_table(owed: Sequence[Undated]) -> None:
    """What is owed and has no day; nothing when there is none."""
    if owed:
        rows = table("No day yet", "Case", "Who", "Why")
        for undated in owed:
            rows.add_row(undated.line.title, undated.reference, undated.line.owner, undated.why)
        page().print(rows)


def history_page(reference: str, entries: Sequence[HistoryEntry]) -> None:
    """Every fact with the day it is about, who said so and when it was recorded (UTC)."""
    console = page()
    console.print(Text(f"History of {reference}", style="bold"))
    rows = table("No.", "About", "What", "By", "Recorded (UTC)")
    for entry in entries:
        rows.add_row(str(entry.number), entry.on, entry.words, entry.by, entry.recorded_at[:16].replace("T", " "))
    console.print(rows)
