"""The chronology of one agency, line by line, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path

from reviewflow.service.chronology.columns import AGENCY, DATE, NUMBER, TIME, HeadingRow, head_of, heading
from reviewflow.service.chronology.moments import FORMULA, Unreadable, read_clock, read_day
from reviewflow.service.handed_in.spreadsheet_file import (
    MOST_LINES,
    Formula,
    Sheet,
    SheetPage,
    Value,
    sheets_of,
)
from reviewflow.service.workspace.errors import UserError

MOST_LETTERS = 32_000
"""Of a cell of a workbook; its own limit is a little more."""
HIDDEN_ROW = "this row is hidden in its file; it was taken, so ask whether it was meant to be sent"
HIDDEN_SHEET = "this sheet is hidden in its file; it was taken, so ask whether it was meant to be sent"


@dataclass(frozen=True, slots=True)
class ChronologyEntry:
    """One event as an agency tells it."""

    agency: str
    place: str
    """Its file and row: 'police.xlsx row 4'."""
    day: date | None
    clock: time | None
    cells: Mapping[str, Value]
    """By column of the template."""
    others: Mapping[str, Value]
    """By heading, of columns that the template does not have."""
    wrong: tuple[str, ...]


@dataclass
class Chronology:
    """What was read of a file; `problems` say file, row and what is wrong, and nothing that is written there."""

    lines: list[ChronologyEntry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_chronology(path: Path, name: str) -> Chronology:
    """All sheets of a workbook, or a .csv file; `name` is how the file is told: its own, or with its folder."""
    try:
        pages = sheets_of(path)
    except UserError as error:
        return Chronology(problems=[str(error) if name == path.name else f"{name}: {error}"])
    heads = [head_of(page.lines) for page in pages]
    if not any(heads):
        return Chronology(problems=[f"{name} has no row with the heading Date, so nothing of it was taken."])
    read = Chronology()
    for number, (page, head) in enumerate(zip(pages, heads, strict=True), start=1):
        where = f"{name} sheet {number}" if len(pages) > 1 else name
        read.problems += _of_sheet(page.lines, head, where)
        if head is not None:
            read.lines += _lines(page, head, where, Path(name).with_suffix("").as_posix())
    if not read.lines:
        read.problems.append(f"{name} has headings and no rows under them.")
    read.problems += [f"{line.place}: {problem}." for line in read.lines for problem in line.wrong]
    return read


def _of_sheet(sheet: Sheet, head: HeadingRow | None, where: str) -> Iterator[str]:
    if head is None and any(sum(not _empty(cell) for cell in row) > 1 for row in sheet):
        yield f"{where} has no row with the heading Date, so nothing of it was taken."
    if head is not None and len(sheet) > MOST_LINES:
        yield (
            f"{where} has more than {MOST_LINES:,} rows; those below were not taken. "
            "Take out the empty ones below the table, or make two files of it."
        )


def _lines(page: SheetPage, head: HeadingRow, where: str, agency: str) -> Iterator[ChronologyEntry]:
    titles = _words(page.lines[head.at])
    for number, row in enumerate(page.lines[head.at + 1 : MOST_LINES], start=head.at + 2):
        filled = {at for at, cell in enumerate(row) if not _empty(cell)}
        if all(head.known.get(at) == NUMBER for at in filled) or _words(row) == titles:
            continue  # empty, numbered beforehand, or the headings once more
        line = _line(row, head, f"{where} row {number}", agency)
        hidden = HIDDEN_SHEET if page.is_hidden else HIDDEN_ROW if number in page.hidden else ""
        yield replace(line, wrong=(*line.wrong, hidden)) if hidden else line


def _words(row: Sequence[Value]) -> list[str]:
    return [heading(cell) if isinstance(cell, str) else "" for cell in row]


def _empty(cell: Value) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _line(row: Sequence[Value], head: HeadingRow, place: str, agency: str) -> ChronologyEntry:
    cells = {head.known[at]: cell for at, cell in enumerate(row) if at in head.known and not _empty(cell)}
    others = {head.others[at]: cell for at, cell in enumerate(row) if at in head.others and not _empty(cell)}
    day, clock, wrong = _moment(cells)
    told = cells.get(AGENCY)
    return ChronologyEntry(
        agency=told.strip() if isinstance(told, str) else agency,
        place=place,
        day=day,
        clock=clock,
        cells=cells,
        others=others,
        wrong=(*wrong, *_of_cells({**cells, **others})),
    )


def _moment(cells: Mapping[str, Value]) -> tuple[date | None, time | None, list[str]]:
    wrong, day, beside, clock = [], None, None, None
    try:
        day, beside = read_day(cells.get(DATE))
    except Unreadable as error:
        wrong.append(str(error))
    try:
        clock = read_clock(cells.get(TIME))
    except Unreadable as error:
        wrong.append(str(error))
    if beside and clock and beside != clock:
        wrong.append("its date has another time than its column for the time, which was taken")
    return day, clock or beside, wrong


def _of_cells(cells: Mapping[str, Value]) -> Iterator[str]:
    formulas = sum(isinstance(cell, Formula) for name, cell in cells.items() if name not in {DATE, TIME})
    if formulas:
        yield f"in {formulas} of its cells {FORMULA}"
    if any(isinstance(cell, str) and len(cell) > MOST_LETTERS for cell in cells.values()):
        yield f"a cell has more than {MOST_LETTERS:,} letters; the rest was not taken"
