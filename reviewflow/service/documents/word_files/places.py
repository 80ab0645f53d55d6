"""The places of a Word template at which a whole text or table goes: {{ text }}, {{ timetable }}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.text.paragraph import Paragraph

from reviewflow.service.documents.word_files.plain_word import write

_OPENS, _ENDS = "\ue000", "\ue001"  # no office types these two
_MARK = re.compile(f"{_OPENS}([a-z_]+){_ENDS}")


def mark(name: str) -> str:
    """What stands at the place until it is filled."""
    return f"{_OPENS}{name}{_ENDS}"


def fill_places(document: Any, blocks: Mapping[str, str]) -> None:
    """Put each Markdown text where its mark stands: after what the paragraph says besides, or in the place of it.

    In headers and footers, which have room for words alone, it stands as plain words.
    """
    for paragraph in _paragraphs(document.element.body, document):
        names = _MARK.findall(paragraph.text)
        if names:
            _take_out(paragraph)
            _put_after(document, paragraph, [blocks[name] for name in names])
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            for paragraph in _paragraphs(part._element, part):  # noqa: SLF001 - tables in it too
                for run in paragraph.runs:
                    run.text = _MARK.sub(lambda found: " ".join(blocks[found[1]].split()), run.text)


def _paragraphs(element: Any, parent: Any) -> Iterator[Paragraph]:
    yield from [Paragraph(each, parent) for each in element.iter(f"{{{element.nsmap['w']}}}p")]


def _take_out(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        if _MARK.search(run.text):
            run.text = _MARK.sub("", run.text)


def _put_after(document: Any, paragraph: Paragraph, texts: list[str]) -> None:
    """What is written goes to the end of the document first, because that is where one can write."""
    body = document.element.body
    before = set(body)
    for text in texts:
        write(document, text)
    place = paragraph._p  # noqa: SLF001 - elements are moved, not their words
    for element in [each for each in body if each not in before]:
        place.addnext(element)
        place = element
    alone, in_cell = not paragraph.text.strip(), place.getnext() is None
    if alone and not in_cell:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001
