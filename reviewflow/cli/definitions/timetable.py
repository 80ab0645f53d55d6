"""A timetable on the screen: 80 columns when it is kept or piped, no colour when NO_COLOR is set."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviewflow.service.rehearsal.chases import PreviewedLetter
from reviewflow.service.rehearsal.preview.words import (
    chases,
    day_parts,
    heading,
    left_out,
    notes,
    opening,
    what_cell,
    when_cells,
)
from reviewflow.service.rehearsal.rows import Row, RowKind
from reviewflow.service.rehearsal.timetable import Timetable

NARROW = 80
STYLES = {
    RowKind.NATIONAL_LIMIT: "bold yellow",
    RowKind.LOCAL_LIMIT: "bold yellow",
    RowKind.DATE: "bold",
    RowKind.CLOSED: "dim",
}


def plain_console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=NARROW)


def timetable_page(timetable: Timetable) -> None:
    console = plain_console()
    console.print(Text(heading(timetable), style="bold"))
    for line in opening(timetable):
        console.print(Text(f"  {line}"))
    console.print()
    console.print(_days(timetable))
    for note in notes(timetable):
        console.print(Text(f"\n{note}"))
    _answers(console, timetable)
    _letters(console, "Reminders and chases", chases(timetable))
    _letters(console, "What would follow if nothing came", timetable.would_follow)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "Day")
    return table


def _days(timetable: Timetable) -> Table:
    table = _table("Day", "What", "Who")
    for row in timetable.rows:
        style = STYLES.get(row.kind, "")
        table.add_row(Text("\n".join(day_parts(row)), style=style), Text(_what(row), style=style), _who(row))
    return table


def _what(row: Row) -> str:
    if row.kind is RowKind.CLOSED:
        return f"{row.title} ({row.note})"
    how = ", ".join(filter(None, (row.rule, row.note)))
    return f"{what_cell(row)} ({how})" if how else what_cell(row)


def _who(row: Row) -> str:
    return "by itself" if row.kind is RowKind.BY_ITSELF and not row.who else row.who


def _answers(console: Console, timetable: Timetable) -> None:
    if timetable.answers:
        console.print(Text("\nAnswers that decide how it goes on", style="bold"))
        for step, question, answer in timetable.answers:
            console.print(Text(f"  {step}: {question} {answer}"))
    for line in left_out(timetable):
        console.print(Text(f"\n{line}"))


def _letters(console: Console, title: str, letters: Sequence[PreviewedLetter]) -> None:
    if not letters:
        return
    console.print(Text(f"\n{title}", style="bold"))
    table = _table("Day", "About what, and which message", "To")
    for letter in letters:
        table.add_row("\n".join(when_cells(letter)), f"{letter.title}\n{letter.message}", letter.whom)
    console.print(table)
