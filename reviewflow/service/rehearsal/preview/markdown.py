"""A timetable in Markdown, for a wiki or a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reviewflow.markdown import plain, table
from reviewflow.service.rehearsal.chases import PreviewedLetter
from reviewflow.service.rehearsal.preview.words import (
    MARKED,
    chases,
    day_cell,
    heading,
    left_out,
    notes,
    opening,
    what_cell,
    when_cells,
)
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable


def as_markdown(timetable: Timetable) -> str:
    """The timetable as one page of Markdown."""
    return "\n".join(_lines(timetable)) + "\n"


def _lines(timetable: Timetable) -> Iterator[str]:
    yield f"# {plain(heading(timetable))}"
    yield ""
    yield from (f"- {plain(words)}" for words in opening(timetable))
    yield ""
    yield from table(("Day", "What", "Who", "How it is counted", "Note"), (_cells(row) for row in timetable.rows))
    yield ""
    yield from (f"{plain(words)}\n" for words in notes(timetable))
    yield from _answers(timetable)
    yield from _letters("Reminders and chases", chases(timetable))
    yield from _letters("What would follow if nothing came", timetable.would_follow)


def _cells(row: Row) -> tuple[str, ...]:
    if row.kind is RowKind.CLOSED:
        return (day_cell(row), f"*{plain(row.title)}*", "", "", f"*{plain(row.note)}*")
    strong = "**" if row.kind in MARKED else ""
    return (day_cell(row), f"{strong}{plain(what_cell(row))}{strong}", *map(plain, (row.who, row.rule, row.note)))


def _answers(timetable: Timetable) -> Iterator[str]:
    if timetable.answers:
        yield "## Answers that decide how it goes on"
        yield ""
        yield from table(("Step", "Question", "Answer in this timetable"), map(_plain, timetable.answers))
        yield ""
    yield from (f"{plain(words)}\n" for words in left_out(timetable))


def _letters(title: str, letters: Sequence[PreviewedLetter]) -> Iterator[str]:
    if letters:
        yield f"## {title}"
        yield ""
        lines = (_plain((*when_cells(letter), letter.title, letter.whom, letter.message)) for letter in letters)
        yield from table(("Day", "Time", "About", "To", "Message"), lines)
        yield ""


def _plain(cells: Iterable[str]) -> list[str]:
    return [plain(cell) for cell in cells]
