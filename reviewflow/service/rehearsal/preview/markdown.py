"""A timetable in Markdown, for a wiki or a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
from reviewflow.service.rehearsal.rows import Row, RowKind
from reviewflow.service.rehearsal.timetable import Timetable


def as_markdown(timetable: Timetable) -> str:
    """The timetable as one page of Markdown."""
    return "\n".join(_lines(timetable)) + "\n"


def _lines(timetable: Timetable) -> Iterator[str]:
    yield f"# {heading(timetable)}"
    yield ""
    yield from (f"- {words}" for words in opening(timetable))
    yield ""
    yield from table(("Day", "What", "Who", "How it is counted", "Note"), (_cells(row) for row in timetable.rows))
    yield ""
    yield from (f"{words}\n" for words in notes(timetable))
    yield from _answers(timetable)
    yield from _letters("Reminders and chases", chases(timetable))
    yield from _letters("What would follow if nothing came", timetable.would_follow)


def _cells(row: Row) -> tuple[str, ...]:
    if row.kind is RowKind.CLOSED:
        return (day_cell(row), f"*{row.title}*", "", "", f"*{row.note}*")
    strong = "**" if row.kind in MARKED else ""
    return (day_cell(row), f"{strong}{what_cell(row)}{strong}", row.who, row.rule, row.note)


def _answers(timetable: Timetable) -> Iterator[str]:
    if timetable.answers:
        yield "## Answers that decide how it goes on"
        yield ""
        yield from table(("Step", "Question", "Answer in this timetable"), timetable.answers)
        yield ""
    yield from (f"{words}\n" for words in left_out(timetable))


def _letters(title: str, letters: Sequence[PreviewedLetter]) -> Iterator[str]:
    if letters:
        yield f"## {title}"
        yield ""
        lines = ((*when_cells(letter), letter.title, letter.whom, letter.message) for letter in letters)
        yield from table(("Day", "Time", "About", "To", "Message"), lines)
        yield ""


def table(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; what could break it is written so that it does not."""
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from (_line([_cell(cell) for cell in line]) for line in lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
