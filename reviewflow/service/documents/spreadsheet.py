"""A paper as a workbook: each table a sheet, named as the heading above it, and what is said besides on the first."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.text import unlike_formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 60
"""Empty rows below a table, ready to be written in."""
PRINTED = 5
"""As many of them are printed below what is filled in; of a table with nothing in it all are, for a pen."""
_WIDE, _NARROW, _LETTERS = 24, 9, 110
_HEAD, _ROOM, _LINE = 48, 30, 14
_NOT_A_NAME = str.maketrans("", "", "[]:*?/\\'")


@dataclass
class _Table:
    name: str
    rows: list[list[str]] = field(default_factory=list)


def workbook(markdown: str, look: PageLook) -> bytes:
    """An Excel workbook, its tables first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    tables, lines = _read(markdown)
    tables = [table for table in tables if all(table.rows[0])]  # others are there to be signed, on paper
    for table in tables:
        _fill(book.create_sheet(_name(table.name, book.sheetnames)), table, look)
    _guidance(book.create_sheet(_name("How to fill it in", book.sheetnames)), lines, look)
    book.properties.title, book.properties.creator = look.title, look.partnership
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _read(markdown: str) -> tuple[list[_Table], list[str]]:
    """The tables, each after the last heading above it, and every other line."""
    tables: list[_Table] = []
    lines: list[str] = []
    heading, headings = "", set[int]()
    row: list[str] | None = None
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(markdown))
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = _words(next(tokens))
                headings.add(len(lines))
                lines.append(heading)
            case "table_open":
                tables.append(_Table(heading))
            case "tr_open":
                row = []
                tables[-1].rows.append(row)
            case "table_close":
                row = None
            case "inline" if row is not None:
                row.append(_words(token))
            case "inline":
                lines.append(_words(token))
    bare = {at for at in headings - {0} if at + 1 == len(lines) or at + 1 in headings}  # what they head are tables
    return tables, [line for at, line in enumerate(lines) if at not in bare]


def _words(inline: Token) -> str:
    return "".join(_shown(child) for child in inline.children or ()).strip()


def _shown(child: Token) -> str:
    return "\n" if child.type in {"hardbreak", "html_inline"} else " " if child.type == "softbreak" else child.content


def _name(wanted: str, taken: Sequence[str]) -> str:
    short = wanted.translate(_NOT_A_NAME)[:28] or "Table"
    return short if short not in taken else f"{short} {len(taken) + 1}"


def _fill(sheet: Worksheet, table: _Table, look: PageLook) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for row in table.rows:
        sheet.append([unlike_formula(cell) for cell in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="Arial", bold=True), PatternFill("solid", fgColor="DCE4EC")
    head, *below = sheet.iter_rows(min_row=1, max_row=len(table.rows) + ROWS, max_col=len(table.rows[0]))
    for cell in (*head, below[0][0]):
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _lines()
    for cell in chain.from_iterable(below):  # a style that is given is first sought among all of the workbook
        cell._style = copy(below[0][0]._style)  # noqa: SLF001
    for number, wide in enumerate(_widths(table.rows), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    for number in range(1, len(table.rows) + ROWS + 1):
        sheet.row_dimensions[number].height = _HEAD if number == 1 else _height(table.rows[number - 1 : number])
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    if filled := [number for number, row in enumerate(table.rows, start=1) if number > 1 and any(row)]:
        sheet.print_area = f"A1:{get_column_letter(len(table.rows[0]))}{filled[-1] + PRINTED}"
    _page(sheet, look)


def _height(rows: Sequence[Sequence[str]]) -> float:
    """Of a row, in points: of one that is empty, enough for a pen."""
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return max(_ROOM, _LINE * math.ceil(longest / (_WIDE - 2)))


def _widths(rows: Sequence[Sequence[str]]) -> Iterator[float]:
    for column in zip(*rows, strict=True):
        longest = max(len(cell) for cell in column)
        yield max(_NARROW, min(_WIDE, longest + 2))


def _lines() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="8A94A0")
    return Border(left=line, right=line, top=line, bottom=line)


def _guidance(sheet: Worksheet, lines: Sequence[str], look: PageLook) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = _LETTERS
    for line in lines:
        sheet.append([unlike_formula(line)])
    for number, line in enumerate(lines, start=1):
        sheet.row_dimensions[number].height = _LINE * math.ceil(max(len(line), 1) / (_LETTERS - 15)) + 3
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(name="Arial", bold=True, size=14)
    _page(sheet, look)


def _page(sheet: Worksheet, look: PageLook) -> None:
    """As it is printed: A4, as wide as the page, marked and numbered."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if look.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text, sheet.oddHeader.center.text = look.partnership, look.marking
    sheet.oddHeader.right.text = look.reference
    sheet.oddFooter.left.text = f"{look.title}, {look.made}"
    sheet.oddFooter.center.text, sheet.oddFooter.right.text = look.marking, "Page &P of &N"
