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
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable

NARROW = 80
GAP = 2
"""Columns between two columns."""
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
    console.print(_days(timetable, console.width))
    for note in notes(timetable):
        console.print(Text(f"\n{note}"))
    _answers(console, timetable)
    _letters(console, "Reminders and chases", chases(timetable))
    _letters(console, "What would follow if nothing came", timetable.would_follow)


def _table(columns: Sequence[str], rows: Sequence[tuple[Text, ...]], room: int) -> Table:
    """A table of three columns, `room` wide, that is broken between words only."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", show_edge=False)
    for column, width in zip(columns, _widths(columns, rows, room), strict=True):
        table.add_column(column, overflow="fold", width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _widths(columns: Sequence[str], rows: Sequence[tuple[Text, ...]], room: int) -> tuple[int, int, int]:
    """Days on one line; the rest in halves, but for a column that needs less, or has a word that needs more."""
    texts = [[column, *(row[place].plain for row in rows)] for place, column in enumerate(columns)]
    lines = [max(len(line) for text in column for line in text.split("\n")) for column in texts]
    words = [max(len(word) for text in column for word in text.split()) for column in texts]
    rest = room - lines[0] - 2 * GAP
    last = max(words[2], min(lines[2], rest // 2))
    return lines[0], max(words[1], min(lines[1], rest - last)), last


def _days(timetable: Timetable, room: int) -> Table:
    lines = [
        (Text("\n".join(day_parts(row)), style=style), Text(_what(row), style=style), Text(_who(row)))
        for row in timetable.rows
        for style in (STYLES.get(row.kind, ""),)
    ]
    return _table(("Day", "What", "Who"), lines, room)


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
    lines = [
        (Text("\n".join(when_cells(letter))), Text(f"{letter.title}\n{letter.message}"), Text(letter.whom))
        for letter in letters
    ]
    console.print(_table(("Day", "About what, and which message", "To"), lines, console.width))
