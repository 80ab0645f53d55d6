"""A plain Word page from Markdown: headings, paragraphs, bold and italic, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.shared import Pt
from markdown_it import MarkdownIt
from markdown_it.token import Token

_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}


def plain_document(markdown: str) -> Any:
    """A Word document, ready to be saved."""
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    _Writer(document, MarkdownIt("commonmark").enable("table").parse(markdown)).write()
    return document


class _Writer:
    """Goes through the tokens of the text once."""

    def __init__(self, document: Any, tokens: Sequence[Token]) -> None:
        self.document = document
        self.tokens: Iterator[Token] = iter(tokens)
        self.lists: list[str] = []

    def write(self) -> None:
        for token in self.tokens:
            match token.type:
                case "heading_open":
                    self._runs(self.document.add_heading(level=min(int(token.tag[1]), 4)), self._inline())
                case "paragraph_open":
                    style = self.lists[-1] if self.lists else None
                    self._runs(self.document.add_paragraph(style=style), self._inline())
                case "bullet_list_open" | "ordered_list_open":
                    self.lists.append(_LISTS[token.type])
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "table_open":
                    self._table()
                case "fence" | "code_block":
                    self.document.add_paragraph(token.content)
                case _:
                    pass

    def _inline(self) -> Token:
        return next(self.tokens)

    def _table(self) -> None:
        rows: list[list[Token]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            if token.type == "inline":
                rows[-1].append(token)
        table = self.document.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, inline in zip(cells.cells, row, strict=False):
                self._runs(cell.paragraphs[0], inline, bold=row is rows[0])

    def _runs(self, paragraph: Any, inline: Token, *, bold: bool = False) -> None:
        strong, emphasised = bold, False
        for child in inline.children or ():
            match child.type:
                case "strong_open" | "strong_close":
                    strong = bold or child.type == "strong_open"
                case "em_open" | "em_close":
                    emphasised = child.type == "em_open"
                case "softbreak" | "hardbreak":
                    paragraph.add_run(" " if child.type == "softbreak" else "\n")
                case _:
                    run = paragraph.add_run(child.content)
                    run.bold, run.italic = strong or None, emphasised or None
