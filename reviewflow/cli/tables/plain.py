"""What every table is made of: the page it is printed on, its columns, and how a day or a standing is written."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviewflow.case.rules.standing import Standing
from reviewflow.text import day_words

if TYPE_CHECKING:
    from reviewflow.service.views.case_page.listed import Listed
    from reviewflow.service.views.case_page.shapes import Line

STYLES = {
    Standing.OVERDUE: "bold red",
    Standing.DUE_SOON: "yellow",
    Standing.OPEN: "cyan",
    Standing.EXPECTED: "cyan",
    Standing.NOT_COME: "yellow",
    Standing.ON_HOLD: "magenta",
    Standing.DONE: "green",
    Standing.DISSENT: "yellow",
    Standing.LATE: "yellow",
    Standing.IN_TIME: "green",
    Standing.LATE_DISSENT: "yellow",
    Standing.AGREED: "green",
    Standing.SILENT: "yellow",
    Standing.DONE_LATE: "green",
}
WIDE = 120
"""Columns of a page that is not shown on a terminal but kept or printed."""


def page() -> Console:
    """The screen as it is, or else a page of `WIDE` columns."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


def table(*columns: str) -> Table:
    """An empty table without lines; long cells are folded."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def standing_cell(line: Line | Listed) -> Text:
    """How it stands, in its colour."""
    return _coloured(line.standing)


@cache
def _coloured(standing: Standing) -> Text:
    return Text(standing, style=STYLES.get(standing, "dim"))


def day_cell(day: date | None) -> str:
    """A day as people read it; empty when there is none."""
    return day_words(day) if day else ""


def due_cell(line: Line | Listed) -> str:
    """A day beyond the proclaimed bank holidays may still move, and says so; what was due first stays in sight."""
    first = f" (first due {day_words(line.original)})" if line.original else ""
    day = f"{day_cell(line.due)}, {line.by}" if line.by else day_cell(line.due)
    return f"{day} (provisional){first}" if line.provisional else f"{day}{first}"
