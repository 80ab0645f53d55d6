"""The cells of a spreadsheet that somebody hands in (.xlsx, .csv), whatever its bytes are."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.files import NotRead, bytes_of
from reviewflow.office_file import MOST, WORKBOOK, office_file
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import without_mark

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_LINES = 20_000
"""Rows that are read of a sheet; one more is kept where there are more."""
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that counts something: what it shows depends on who opens it, so it is never read.

    Its text is kept for whoever shows it as text.
    """

    text: str = field(default="", compare=False)


Value = str | int | float | bool | date | time | Formula | None
Sheet = list[list[Value]]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet of a workbook, by the name on its tab; a .csv file is one page without a name."""

    name: str
    lines: Sheet
    is_hidden: bool = False
    hidden: frozenset[int] = frozenset()
    """The numbers of rows that nobody sees who opens the file, by hand or by a filter."""


def sheets_of(path: Path) -> list[SheetPage]:
    """The sheets of a workbook, or the one of a .csv file; raises UserError for a file that is neither, or too large.

    At most MOST_LINES rows of each and one more, of MOST_COLUMNS columns.
    """
    if not path.exists():
        raise UserError(f"There is no file {path}.")
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise UserError(f"{path.name} is neither .xlsx nor .csv. Save it as one of these and send it again.")
    try:
        return read(path)
    except NotRead as error:
        raise UserError(f"{path.name} cannot be read. {error}") from error


def _workbook(path: Path) -> list[SheetPage]:
    from openpyxl import load_workbook

    data = office_file(path, WORKBOOK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and rules that it leaves out
            book = load_workbook(io.BytesIO(data), read_only=True)
            return [_page(page) for page in book.worksheets]
    except Exception as error:  # it raises whatever a damaged part makes of it
        raise NotRead("This is a damaged workbook. Open it in a spreadsheet and save it anew.") from error


def _page(page: ReadOnlyWorksheet) -> SheetPage:
    page.reset_dimensions()  # what a program wrote of its size may be wrong, and cells beyond it would not be read
    rows = page.iter_rows(max_col=MOST_COLUMNS)
    lines = _lines([_value(cell.data_type, cell.value) for cell in row] for row in rows)
    return SheetPage(page.title, lines, page.sheet_state != "visible", frozenset(_hidden(page)))


def _hidden(page: ReadOnlyWorksheet) -> Iterator[int]:
    """The rows that are marked so; reading row by row, openpyxl keeps their cells and not their marks."""
    from openpyxl.xml.functions import iterparse

    number = 0
    with page._get_source() as source:  # noqa: SLF001 - it has no public name
        for _, element in iterparse(source):
            if element.tag.rpartition("}")[2] == "row":
                number = int(element.get("r", number + 1))
                if element.get("hidden") in {"1", "true"}:
                    yield number
                element.clear()
            if number > MOST_LINES:
                return


def _value(kind: str, value: Value) -> Value:
    if kind == "f":
        return Formula(str(getattr(value, "text", value)))  # one over many cells is an object with a text
    return without_mark(value) if isinstance(value, str) else value


def _lines(rows: Iterable[list[Value]]) -> Sheet:
    """As many rows as are read; the empty ones are kept for their number alone, and so are cells behind the last."""
    return [_trimmed(row) for row in islice(rows, MOST_LINES + 1)]


def _trimmed(row: list[Value]) -> list[Value]:
    while row and row[-1] is None:
        row.pop()
    return row


def _csv(path: Path) -> list[SheetPage]:
    data = bytes_of(path, MOST)
    if data[:2] == b"PK":
        raise NotRead("This is no .csv file. If it is a workbook, let its name end in .xlsx.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    try:
        return [SheetPage("", _lines([_cell(cell) for cell in row[:MOST_COLUMNS]] for row in reader))]
    except csv.Error as error:
        raise NotRead(f"Row {reader.line_num} is not as in a .csv file: {error}. Save it anew.") from error


def _cell(text: str) -> Value:
    """Text that a spreadsheet was kept from taking for a formula is told by the mark before it."""
    return Formula(text) if text[:1] in {"=", "@"} else without_mark(text)


_READERS: Mapping[str, Callable[[Path], list[SheetPage]]] = {".xlsx": _workbook, ".csv": _csv}
