"""The merged chronology as a workbook, ready to be read, filtered and printed."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.service.chronology.columns import AGENCY, COLUMNS, DATE, NUMBER, TIME
from reviewflow.service.chronology.merging import Merged
from reviewflow.service.chronology.reading import MOST_LETTERS, ChronologyEntry
from reviewflow.service.handed_in.spreadsheet_file import Formula, Value
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import folded, unlike_formula

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

PLACE, ALSO, WRONG = "File and row", "Also told by", "To be looked at"
NO_DATE = "Below: no date that can be read. Look at each, give it its day, and merge again."
_WIDTHS: Mapping[str, int] = {
    PLACE: 15,
    NUMBER: 6,
    DATE: 11,
    TIME: 7,
    AGENCY: 12,
    "event": 36,
    "child": 20,
    "decided": 26,
    "weight": 7,
    "paper": 9,
}
_WIDTH, _A3 = 16, 8
_LINE, _HIGHEST = 13.5, 409.0
"""Points: what a line needs, and what a row may have."""
_FITS = 1.1
"""Letters of this font for each that a width is said to hold, when words are kept whole."""


def refuse_what_is_there(path: Path) -> None:
    """Raises UserError when there is a file, so that nothing is read in vain."""
    if os.path.lexists(path):
        raise UserError(f"{path} is there already. Nothing was read or written; name another file.")


def write_workbook(merged: Merged, path: Path) -> None:
    """Write it for whoever writes it alone to read; raises UserError where there is a file already."""
    data = as_workbook(merged)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise UserError(f"{path} is there already. Nothing was written; name another file.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def as_workbook(merged: Merged) -> bytes:
    """One sheet: the dated lines, then, under a row that says so, those whose date cannot be read."""
    from openpyxl import Workbook

    others = _others([*merged.dated, *merged.undated])
    titles = [PLACE, *COLUMNS.values(), ALSO, WRONG, *others.values()]
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    sheet = book.create_sheet("Chronology")
    names = [PLACE, *COLUMNS, ALSO, WRONG, *others]
    _lay_out(sheet, names, last=1 + len(merged.dated))
    rows = [[_cell(sheet, _plain(title), _HEAD) for title in titles]]
    rows += [_row(sheet, line, merged.also, others) for line in merged.dated]
    rows += [[_cell(sheet, NO_DATE, _HEADING)]] if merged.undated else []
    rows += [_row(sheet, line, merged.also, others) for line in merged.undated]
    for number, row in enumerate(rows, start=1):
        # A program that is told no height draws a line or two, and cuts what needs more.
        sheet.row_dimensions[number].height = _height(row, names)
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _others(lines: Iterable[ChronologyEntry]) -> Mapping[str, str]:
    """The headings of other columns as they are compared, and as they were first written."""
    others: dict[str, str] = {}
    for line in lines:
        for title in line.others:
            others.setdefault(folded(title), title)
    return others


def _row(sheet: WriteOnlyWorksheet, line: ChronologyEntry, also: Mapping[str, str], others: Iterable[str]) -> list[Any]:
    beside = {folded(title): cell for title, cell in line.others.items()}
    cells = {**line.cells, AGENCY: line.agency, DATE: line.day or line.cells.get(DATE)}
    if line.clock:
        cells[TIME] = line.clock
    values = [
        line.place,
        *(cells.get(name) for name in COLUMNS),
        also.get(line.place),
        "; ".join(line.wrong) or None,
        *(beside.get(name) for name in others),
    ]
    return [None if value is None else _cell(sheet, _plain(value), _style_of(value)) for value in values]


_HEAD, _HEADING, _TEXT = "Chronology head", "Chronology heading", "Chronology text"
_DAY, _CLOCK = "Chronology day", "Chronology time"


def _cell(sheet: WriteOnlyWorksheet, value: Any, style: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.style = style
    return cell


def _style_of(value: Value) -> str:
    if isinstance(value, time):
        return _CLOCK
    return _DAY if isinstance(value, date) else _TEXT


def _plain(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula, and numbers that a workbook can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    match value:
        case Formula():
            return _plain(value.text or "=")
        case str():
            return unlike_formula(ILLEGAL_CHARACTERS_RE.sub("\ufffd", value[:MOST_LETTERS]))
        case float() if not math.isfinite(value):
            return str(value)
        case datetime():
            return value.replace(tzinfo=None)
        case bool() | int() | float() | date() | time():
            return value
        case _:
            return str(value)


def _styles() -> Iterator[Any]:
    from openpyxl.styles import Alignment, Font, NamedStyle

    for name, form in (
        *((name, "General") for name in (_HEAD, _HEADING, _TEXT)),
        *((_DAY, "yyyy-mm-dd"), (_CLOCK, "hh:mm")),
    ):
        style = NamedStyle(name, number_format=form)
        style.alignment = Alignment(wrap_text=name != _HEADING, vertical="top", horizontal="left")
        style.font = Font(name="Arial", size=10, bold=name in {_HEAD, _HEADING})
        yield style


def _lay_out(sheet: WriteOnlyWorksheet, names: Sequence[str], *, last: int) -> None:
    """Wide enough to be read; printed on A3, landscape, as wide as the page, with the headings on each."""
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.gridLines = True
    sheet.oddFooter.right.text = "Page &P of &N"


def _height(row: Sequence[Any], names: Sequence[str]) -> float:
    """Points for the cell that needs most lines; a heading of several rows stands on one line, beside nothing."""
    lines = 1 if len(row) == 1 else max((_lines_of(cell, name) for cell, name in zip(row, names, strict=True)))
    return min(_LINE * lines, _HIGHEST)


def _lines_of(cell: Any, name: str) -> int:
    text = getattr(cell, "value", None)
    if not isinstance(text, str):
        return 1
    fits = int(_WIDTHS.get(name, _WIDTH) * _FITS)
    return sum(math.ceil(len(part) / fits) or 1 for part in text.split("\n"))
