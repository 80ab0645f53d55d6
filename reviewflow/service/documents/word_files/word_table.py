"""Tables of a Word paper: as wide as the text, their heads on every page, with room to write in what is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from markdown_it.token import Token

from reviewflow.service.documents.word_files.layout import width
from reviewflow.service.documents.word_files.together import keep_rows, keep_with_table_before

HEAD, LABEL = "DCE4EC", "F1F4F7"
ROOM, LINE = Mm(11), Mm(7)
"""The least height of a row with something to fill in, and of one line of a box."""
SMALL = Pt(9.5)
LETTER, MARGINS = Pt(5.8), Mm(4)
"""The width of a letter of a head, and of what a cell keeps free beside its words."""
_MOST, _LEAST, _EMPTY, _WHOLE = 45, 5, 16, 18
"""In letters: what a column is thought to want at the most, at the least, and when it is there to write in."""

Writer = Callable[[Any, Token, bool], None]
"""Writes a cell's words into a paragraph; whether they are those of a head."""


def add_table(document: Any, rows: Sequence[Sequence[Token]], given: Sequence[int], write: Writer) -> None:
    """A table of these cells. Its columns are as wide as `given` says, where that makes a difference."""
    headed = any(cell.content.strip() for cell in rows[0])
    shown = rows if headed else rows[1:]
    columns = max(len(row) for row in rows)
    table = _table(document, len(shown), columns)
    weights = given if len(set(given)) > 1 else [_wanted(rows, column) for column in range(columns)]
    widths = _widths(weights, _words(rows), width(document))
    for number, (line, row) in enumerate(zip(table.rows, shown, strict=True)):
        head = headed and number == 0
        _row(line, head=head, empty=any(not cell.content.strip() for cell in row))
        for place, (cell, inline) in enumerate(zip(line.cells, row, strict=False)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph._p.insert(0, deepcopy(_spaced()))  # noqa: SLF001
            write(paragraph, inline, head)
            if head or (not headed and place == 0):
                _shade(cell, HEAD if head else LABEL)
    keep_rows(table)
    keep_with_table_before(table._tbl, document)  # noqa: SLF001 - python-docx has no other way to what stands before
    _grid(table, widths)
    _gap(document)


@cache
def _spaced() -> Any:
    """How the paragraph of a cell is spaced, to be copied: python-docx seeks the place of each mark among forty."""
    about, spacing = OxmlElement("w:pPr"), OxmlElement("w:spacing")
    spacing.set(qn("w:after"), str(Pt(2).twips))
    about.append(spacing)
    return about


@cache
def _sized() -> Any:
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(2 * SMALL.pt)))
    return size


def small(run: Any) -> None:
    """Give the words of a cell their size."""
    about = run._r.rPr  # noqa: SLF001
    if about is not None and not len(about):
        about.append(deepcopy(_sized()))
    else:
        run.font.size = SMALL


def add_box(document: Any, lines: int) -> None:
    """An empty box to write in, that many lines high."""
    table = _table(document, 1, 1)
    table.rows[0].height, table.rows[0].height_rule = Length(LINE * lines), WD_ROW_HEIGHT_RULE.AT_LEAST
    across = width(document)
    table.cell(0, 0).width = across
    _grid(table, [across])
    _gap(document)


def _table(document: Any, rows: int, columns: int) -> Any:
    table = document.add_table(rows=rows, cols=columns)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _lines(table)
    return table


def _wanted(rows: Sequence[Sequence[Token]], column: int) -> int:
    """How much room a column wants, in letters."""
    cells = [row[column].content.strip() for row in rows if column < len(row)]
    longest = max(len(cell) for cell in cells)
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    fill_in = _EMPTY if not all(cells[1:]) else 0
    if longest <= _WHOLE:  # a day is not broken in two
        return max(round(longest * 1.2) + 3, fill_in, _LEAST)
    return max(min(longest, _MOST), word, fill_in, _LEAST)


def _words(rows: Sequence[Sequence[Token]]) -> list[Length]:
    """How wide each column must be for its longest word, so that none is broken in two."""
    columns = max(len(row) for row in rows)
    cells = [[row[column].content for row in rows if column < len(row)] for column in range(columns)]
    longest = [max((len(word) for cell in column for word in cell.split()), default=0) for column in cells]
    return [Length(LETTER * letters + MARGINS) for letters in longest]


def _widths(weights: Sequence[float], least: Sequence[Length], across: Length) -> list[Length]:
    """The width of each column by its weight; where one is too narrow for its words, the others give way."""
    wide = [across * weight / sum(weights) for weight in weights]
    lacking = sum(max(0, need - has) for need, has in zip(least, wide, strict=True))
    spare = sum(max(0, has - need) for need, has in zip(least, wide, strict=True))
    given = min(1, lacking / spare) if spare else 0
    if not lacking or lacking > spare:
        return [Length(int(has)) for has in wide]
    return [Length(int(max(need, has - given * max(0, has - need)))) for need, has in zip(least, wide, strict=True)]


def _row(row: Any, *, head: bool, empty: bool) -> None:
    about = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way to these two
    about.append(OxmlElement("w:cantSplit"))
    if head:
        about.append(OxmlElement("w:tblHeader"))
    elif empty:
        row.height, row.height_rule = ROOM, WD_ROW_HEIGHT_RULE.AT_LEAST


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _lines(table: Any) -> None:
    """Thin grey lines, whatever styles the document has."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", "4"), ("color", "8A94A0")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001


def _grid(table: Any, widths: Sequence[Length]) -> None:
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide


def _gap(document: Any) -> None:
    """Two tables that touch become one."""
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(8)
