"""The sheets drawn: as CSV, a workbook, one printable page, a PDF, or JSON. Nothing is counted here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reviewflow.service.reports.sheets import Cell, Sheet
from reviewflow.text import day_words, unlike_formula

TEMPLATES = Path(__file__).parent / "templates"
COLOURS = ("#1d70b8", "#d4351c", "#b1b4b6", "#f47738")
"""In time, late, still owed, overdue: told apart in black and white by their order and by the words beside them."""


@dataclass(frozen=True, slots=True)
class Report:
    """Sheets that belong together, under a title."""

    title: str
    says: str
    """Of what, of when, and as seen on which day."""
    sheets: tuple[Sheet, ...]
    headline: str = ""
    """How it stands, in a sentence."""


def numeric(sheet: Sheet) -> list[bool]:
    """Of each column, whether it holds numbers and nothing else: those stand at the right."""
    columns = [[cell for cell in column if cell is not None] for column in zip(*sheet.rows, strict=True)]
    return [bool(column) and all(isinstance(cell, (int, float)) for cell in column) for column in columns]


def as_words(cell: Cell) -> str:
    """A cell as people read it: days in words, '' for nothing."""
    if isinstance(cell, date):
        return day_words(cell)
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def as_csv(sheet: Sheet) -> str:
    """One sheet; days as 2026-12-18. Text that a spreadsheet would take for a formula is told as text."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return written.getvalue()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, date):
        return cell.isoformat()
    return unlike_formula(cell) if isinstance(cell, str) else cell


def _printable(text: str) -> str:
    """No workbook can hold the other control characters."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def as_workbook(report: Report) -> bytes:
    """A workbook with a sheet each, its head frozen, ready to be filtered."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in report.sheets:
        page = workbook.create_sheet(sheet.title[:31])
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append([_printable(unlike_formula(cell)) if isinstance(cell, str) else cell for cell in row])
        for cell in page[1]:
            cell.font = Font(bold=True)
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
        for column in page.columns:
            widest = max(len(str(cell.value or "")) for cell in column)
            page.column_dimensions[column[0].column_letter].width = min(widest + 3, 60)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def as_page(report: Report) -> str:
    """One page of HTML that needs nothing from anywhere else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = [(sheet, list(_bars(sheet))) for sheet in report.sheets]
    return environment.get_template("report.html").render(
        report=report, sheets=drawn, words=as_words, numbers=numeric, colours=COLOURS
    )


@dataclass(frozen=True, slots=True)
class FigureBar:
    """One row drawn: its label, and of each part its name, its number and its share in per cent of the longest bar."""

    label: str
    parts: tuple[tuple[str, int, float], ...]
    """Of each part its name, its number, and how much of the longest bar it takes, in per cent."""


def _bars(sheet: Sheet) -> Iterator[FigureBar]:
    if sheet.bars is None:
        return
    drawn = sheet.bars
    longest = max((sum(_numbers(row, drawn.parts)) for row in sheet.rows), default=0)
    for row in sheet.rows:
        numbers = _numbers(row, drawn.parts)
        named = zip(drawn.parts, numbers, strict=True)
        parts = tuple((sheet.columns[place], number, 100 * number / (longest or 1)) for place, number in named)
        yield FigureBar(as_words(row[drawn.label]), parts)


def _numbers(row: Sequence[Cell], places: Sequence[int]) -> list[int]:
    return [cell if isinstance(cell, int) else 0 for cell in (row[place] for place in places)]


def as_pdf(report: Report) -> bytes:
    """The same page as a PDF with tagged text, set by typst, which brings its fonts with it."""
    import typst

    data = {
        "title": report.title,
        "says": report.says,
        "headline": report.headline,
        "colours": list(COLOURS),
        "sheets": [
            {
                "title": sheet.title,
                "says": sheet.says,
                "columns": list(sheet.columns),
                "numeric": numeric(sheet),
                "rows": [[as_words(cell) for cell in row] for row in sheet.rows],
                "bars": [
                    {"label": bar.label, "parts": [{"name": n, "number": k, "share": s} for n, k, s in bar.parts]}
                    for bar in _bars(sheet)
                ],
            }
            for sheet in report.sheets
        ],
    }
    made: bytes = typst.compile(str(TEMPLATES / "report.typ"), sys_inputs={"data": json.dumps(data)})
    return made


def as_data(report: Report) -> Mapping[str, object]:
    """For machines: every sheet as a list of rows with the columns' names."""
    return {
        "title": report.title,
        "says": report.says,
        "headline": report.headline,
        "sheets": {sheet.name: _named(sheet) for sheet in report.sheets},
    }


def _named(sheet: Sheet) -> list[dict[str, Cell]]:
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
