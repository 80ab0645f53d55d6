"""What stays on one page of a Word paper: nobody finds the end of a table, or the place to sign, alone on the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

TOGETHER, ENDS = 6, 3
"""A table of so many rows, such as one to sign in, stands on one page; of a longer one so many rows of its end."""


def keep_rows(table: Table) -> None:
    """A short table stands on one page; a longer one does not end, nor begin, with a row alone."""
    rows = list(table.rows)
    _keep(rows[:-1] if len(rows) <= TOGETHER else [*rows[:2], *rows[-ENDS:-1]])


def keep_with_table_before(element: Any, document: Any) -> None:
    """The last row of a table that stands right before this, and the gap between them, go with it."""
    gap = element.getprevious()
    table = gap.getprevious() if gap is not None and gap.tag == qn("w:p") else None
    if table is None or table.tag != qn("w:tbl") or Paragraph(gap, document).text:
        return
    Paragraph(gap, document).paragraph_format.keep_with_next = True
    _keep(list(Table(table, document).rows)[-1:])


def keep_with_what_it_closes(paragraph: Paragraph) -> None:
    """On no page of its own: the paragraph before it goes with it, and it goes with the box to sign in below it."""
    before = paragraph._p.getprevious()  # noqa: SLF001 - python-docx has no other way to what stands before
    if before is not None and before.tag == qn("w:p"):
        Paragraph(before, paragraph._parent).paragraph_format.keep_with_next = True  # noqa: SLF001
    paragraph.paragraph_format.keep_with_next = True


def end_with(paragraph: Paragraph, document: Any) -> None:
    """A prompt that nothing follows ends what stands before it: it goes with that, and not with what comes next."""
    paragraph.paragraph_format.keep_with_next = False
    keep_with_table_before(paragraph._p, document)  # noqa: SLF001


def _keep(rows: Iterable[Any]) -> None:
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
