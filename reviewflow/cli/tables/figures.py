"""Registers and figures: actions, and the sheets of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.case.rules.action_colours import Colour
from reviewflow.cli.tables.plain import day_cell, page, table
from reviewflow.text import counted, day_words

if TYPE_CHECKING:
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.action_lines import ActionLine

COLOURS = {Colour.BLUE: "blue", Colour.GREEN: "green", Colour.AMBER: "yellow", Colour.RED: "bold red"}


def actions_table(lines: Sequence[ActionLine]) -> None:
    """Actions, one a line, each with its colour in a word; below, how each plan stands."""
    console = page()
    if not lines:
        console.print("No actions.")
        return
    rows = table("No.", "Action", "Lead", "Due", "State", "RAG")
    for line in lines:
        moved = f" (first due {day_words(line.original_due)})" if _has_moved(line) and line.original_due else ""
        colour = Text(f"{line.rag}: {line.why}" if line.why else line.rag, style=COLOURS.get(line.rag, ""))
        follows = f" (from {line.follows})" if line.follows else ""
        rows.add_row(
            f"{line.number}{follows}", line.action, line.lead, f"{day_cell(line.due)}{moved}", line.state, colour
        )
    console.print(rows)
    console.print()
    for words in plan_words(lines):
        console.print(Text(words))


def plan_words(lines: Sequence[ActionLine]) -> Iterator[str]:
    """'AP-2026-001, from RR-2026-001: 3 actions, 1 red, 2 green', a plan a line."""
    for plan, follows in dict.fromkeys((line.case, line.follows) for line in lines):
        of_plan = [line.rag for line in lines if line.case == plan]
        coloured = (f"{number} {colour}" for colour in reversed(Colour) if (number := of_plan.count(colour)) and colour)
        told = ", ".join((counted(len(of_plan), "action"), *coloured))
        yield f"{plan}{f', from {follows}' if follows else ''}: {told}"


def _has_moved(line: ActionLine) -> bool:
    return line.original_due != line.due


def sheet_page(report: Report) -> None:
    """Figures, a table a sheet; what has one sheet alone is headed once."""
    from reviewflow.service.reports.figures.drawing import as_words

    console = page()
    console.print(Text(report.title, style="bold"))
    if report.headline:
        console.print(report.headline)
    console.print(report.says)
    for sheet in report.sheets:
        console.print()
        if (sheet.title, sheet.says) != (report.title, report.says):
            console.print(Text(sheet.title, style="bold"))
            console.print(sheet.says)
        rows = table(*sheet.columns)
        for row in sheet.rows:
            rows.add_row(*(as_words(cell) for cell in row))
        console.print(rows if sheet.rows else "Nothing to show.")
