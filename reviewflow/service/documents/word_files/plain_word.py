"""A Word page from Markdown: headings, paragraphs, bold and italic, lists, tables, and room to write.

A paragraph or cell that is wholly *emphasised* is a prompt. A line of underscores is an empty box, a line of text high
for each; a line of stars begins a new page. The dashes under a table's head say how wide its columns are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewflow.service.documents.word_files.layout import GREY, PROMPT, blank, lay_out, prompt_style
from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.documents.word_files.together import end_with, keep_with_what_it_closes
from reviewflow.service.documents.word_files.word_table import add_box, add_table, small

_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}
_CLOSING = re.compile(r"\w+(?: \w+){0,3}[.,]")
"""A paragraph that only ends a letter: 'Thank you.', 'Yours sincerely,'."""
_BREAKS = {"<br>", "<br/>", "<br />"}


def plain_document(markdown: str, look: PageLook) -> Any:
    """A Word document, ready to be saved."""
    document = blank()
    lay_out(document, look)
    write(document, markdown)
    return document


def write(document: Any, markdown: str) -> None:
    """Add the Markdown to the end of a Word document, in the document's own styles where it has them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    _Writer(document, markdown, tokens).write()


class _Writer:
    """Goes through the tokens of the text once."""

    def __init__(self, document: Any, markdown: str, tokens: list[Token]) -> None:
        self.document = document
        self.lines = markdown.split("\n")
        self.tokens: Iterator[Token] = iter(tokens)
        self.lists: list[tuple[str, int | None]] = []
        self.ids: dict[str, str | None] = {}
        self.prompt: Any = None
        """The prompt after which nothing came yet."""

    def write(self) -> None:
        for token in self.tokens:
            match token.type:
                case "heading_open":
                    self._end_prompt()
                    level = min(int(token.tag[1]), 4)
                    self._runs(self._begun(f"Heading {level}"), self._inline())
                case "paragraph_open":
                    self._paragraph(self._inline())
                case "bullet_list_open":
                    self.lists.append((_LISTS[token.type], None))
                case "ordered_list_open":
                    self.lists.append((_LISTS[token.type], self._numbering()))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "table_open":
                    self._table(token)
                case "hr":
                    self._room_or_page(token)
                case "fence" | "code_block":
                    self.document.add_paragraph(token.content)
                case _:
                    pass
        self._end_prompt()

    def _end_prompt(self) -> None:
        if self.prompt is not None:
            end_with(self.prompt, self.document)
        self.prompt = None

    def _inline(self) -> Token:
        return next(self.tokens)

    def _paragraph(self, inline: Token) -> None:
        self.prompt = None
        if not self.lists:
            prompt = _is_prompt(inline)
            paragraph = self._begun(PROMPT) if prompt else self.document.add_paragraph()
            self.prompt = paragraph if prompt else None
            if _CLOSING.fullmatch(inline.content):
                keep_with_what_it_closes(paragraph)
            self._runs(paragraph, inline, plain=prompt)
            return
        name, number = self.lists[-1]
        paragraph = self._begun(name)
        if number is not None:
            about = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - nothing else begins anew at 1
            about.get_or_add_ilvl().val, about.get_or_add_numId().val = 0, number
        self._runs(paragraph, inline)

    def _begun(self, style: str) -> Any:
        """A new paragraph in the style of this name."""
        paragraph = self.document.add_paragraph()
        self._give(paragraph, style)
        return paragraph

    def _give(self, paragraph: Any, style: str) -> None:
        """As python-docx does it, which looks through all styles of the document for each paragraph."""
        if style not in self.ids:
            self.ids[style] = self.document.part.get_style_id(self._style(style), WD_STYLE_TYPE.PARAGRAPH)
        paragraph._p.style = self.ids[style]  # noqa: SLF001

    def _style(self, name: str) -> Any:
        """The document's own style of this name; a plain one where an office's template has none."""
        if name == PROMPT:
            return prompt_style(self.document)
        styles = self.document.styles
        if name in styles:
            return styles[name]
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name in _LISTS.values():
            style.paragraph_format.left_indent = Mm(8)
        else:
            style.font.bold, style.font.size = True, Pt(13)
        return style

    def _numbering(self) -> int | None:
        """A number of its own for each list, so that it begins at 1; None where the template numbers nothing."""
        style = self._style(_LISTS["ordered_list_open"])
        about = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if about is None:
            return None
        numbers = self.document.part.numbering_part.element
        kind = numbers.num_having_numId(int(about.get(qn("w:val")))).abstractNumId.val
        new = numbers.add_num(kind)
        override = OxmlElement("w:lvlOverride")
        override.set(qn("w:ilvl"), "0")
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), "1")
        override.append(start)
        new.append(override)
        return int(new.numId)

    def _room_or_page(self, token: Token) -> None:
        self.prompt = None
        line = self.lines[token.map[0]] if token.map else ""
        if "_" in line:
            add_box(self.document, line.count("_"))
        else:
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _table(self, opening: Token) -> None:
        self.prompt = None
        rows: list[list[Token]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            if token.type == "inline":
                rows[-1].append(token)
        under = self.lines[opening.map[0] + 1] if opening.map else ""
        given = [cell.count("-") for cell in under.strip().strip("|").split("|")]
        add_table(self.document, rows, given, self._cell)

    def _cell(self, paragraph: Any, inline: Token, head: bool) -> None:  # noqa: FBT001 - what a Writer takes
        if _is_prompt(inline):
            self._give(paragraph, PROMPT)
        self._runs(paragraph, inline, bold=head, plain=_is_prompt(inline))
        for run in paragraph.runs:
            small(run)

    def _runs(self, paragraph: Any, inline: Token, *, bold: bool = False, plain: bool = False) -> None:
        """The words with their weight; `plain` where the paragraph's style says already that they are a prompt."""
        strong, emphasised = bold, False
        for child in inline.children or ():
            match child.type:
                case "strong_open" | "strong_close":
                    strong = bold or child.type == "strong_open"
                case "em_open" | "em_close":
                    emphasised = child.type == "em_open" and not plain
                case "softbreak":
                    paragraph.add_run(" ")
                case "hardbreak":
                    paragraph.add_run("\n")
                case "html_inline" if child.content in _BREAKS:
                    paragraph.add_run("\n")
                case _:
                    run = paragraph.add_run(child.content)
                    run._r.get_or_add_rPr()  # noqa: SLF001 - to say that a run is not bold takes as long as its words
                    if strong:
                        run.bold = True
                    if emphasised:
                        run.italic, run.font.color.rgb = True, GREY


def _is_prompt(inline: Token) -> bool:
    kinds = [child.type for child in inline.children or ()]
    marks = sum(kind in {"em_open", "em_close"} for kind in kinds)
    return marks == 2 and kinds[0] == "em_open" and kinds[-1] == "em_close"  # noqa: PLR2004 - one from end to end
