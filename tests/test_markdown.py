"""What an office calls a thing reads as it is written, wherever it stands on a page."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewflow.diagram.mermaid import markdown, mermaid
from reviewflow.markdown import plain, table
from reviewflow.service.rehearsal.explain.account import Account, Section
from reviewflow.service.rehearsal.explain.printed import as_markdown
from reviewflow.service.views.in_prefect.summary import summary_page
from tests.diagram.builders import shown
from tests.service.views.lines import line, page

NASTY = [
    'The "first" | second `code` <b>bold</b> [link](http://a.example) *strong* # 5% ; {{ x }} \\ \\| end',
    "A\nheading\n# of\r\nits own",
    "<script>alert(1)</script>",
    "&lt; &amp; &#60; R & D",
    "# Title ##",
    "~~gone~~ and ``` fence",
    "![x](y) [a]: b <https://a.example>",
    "%%{init: {}}%% --> A[end]",
]
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def said(tokens: list[Token], kind: str) -> list[str]:
    """The text in each heading, paragraph or cell, as somebody sees it."""
    inline = [after for before, after in pairwise(tokens) if before.type == kind]
    for token in inline:
        assert {child.type for child in token.children or []} <= {"text", "text_special"}, token.content
    return ["".join(child.content for child in token.children or []) for token in inline]


@pytest.mark.parametrize("text", NASTY)
def test_it_reads_as_it_is_written(text: str) -> None:
    seen = " ".join(text.split())
    page = f"# {plain(text)}\n\n- {plain(text)}\n\n**{plain(text)}**\n\n"
    page += "\n".join(table(("Day", "What"), [(plain(text), plain(text))]))
    tokens = READER.parse(page.replace("**", ""))
    assert said(tokens, "heading_open") == [seen]
    assert said(tokens, "paragraph_open") == [seen, seen]
    assert said(tokens, "td_open") == [seen, seen]


OURS = re.compile(r"\[([\w ]+)\]\(/page/[a-z]+\)")
"""The links by which pages lead to each other."""
LATE = "Nothing is late."
"""What a page itself says in bold."""


def explained(text: str) -> str:
    return as_markdown(Account("t", 1, text, (Section(text, (text,)),)))


def summed(text: str) -> str:
    made = summary_page(replace(page(line("submit", title=text)), title=text), (), (), date(2026, 5, 6))
    return OURS.sub(r"\1", made).replace(f"**{LATE}**", LATE)


def drawn(text: str) -> str:
    return markdown(replace(shown("rich"), title=text, notes=(text,)))


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("write", [explained, summed, drawn])
def test_every_page_shows_it_as_it_is_written(write: Callable[[str], str], text: str) -> None:
    seen = " ".join(text.split())
    tokens = READER.parse(write(text).replace("`t`", "t"))
    assert any(words.endswith(seen) for words in said(tokens, "heading_open"))
    assert seen in said(tokens, "td_open") + said(tokens, "paragraph_open")
    assert "html_block" not in {token.type for token in tokens}


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_drawing_is_taken_for_its_own_signs(text: str) -> None:
    chart = shown("rich")
    boxes = {name: replace(box, title=text) for name, box in chart.boxes.items()}
    _, title, _, *lines = mermaid(replace(chart, title=text, notes=(text,), boxes=boxes)).splitlines()
    assert json.loads(title.removeprefix("title: ")).startswith(text)
    assert len(lines) == len(mermaid(replace(chart, notes=("x",))).splitlines()) - 3
    assert not any("%%{" in line or "<script" in line or "`" in line for line in lines)
